package dev.firn.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.HelpPages;
import dev.firn.definition.testing.FakeComponents;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpPageTest {

    /** Stands in for the sections that an example leaves out. */
    private static final List<String> REST = List.of(
            "pipeline: {name: shop}",
            "source: {type: kafka, topics: [orders]}",
            "sink: {type: iceberg, catalog: {type: hadoop, warehouse: ./lake}}");

    @ParameterizedTest
    @EnumSource
    void existsForEveryCode(DefinitionCode code) {
        String page = HelpPages.page(code.code()).orElse("");
        assertThat(page).startsWith("# " + code.code() + "\n").contains("## Wrong", "## Right");
        assertThat(page.lines().count()).isBetween(10L, 40L);
        assertThat(page.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @ParameterizedTest
    @EnumSource
    void showsAWrongExampleThatGetsThisCodeAndARightOneThatGetsNone(DefinitionCode code) {
        String page = HelpPages.page(code.code()).orElse("");
        example(page, "Wrong").ifPresent(yaml -> assertThat(codes(yaml)).containsOnly(code.code()));
        example(page, "Right").ifPresent(yaml -> assertThat(codes(yaml)).isEmpty());
    }

    @Test
    void isFoundForCodesOnly() {
        assertThat(HelpPages.page("../help/unknown-option")).isEmpty();
        assertThat(HelpPages.page("no-such-code")).isEmpty();
    }

    private static Optional<String> example(String page, String heading) {
        Matcher matcher = Pattern.compile("## " + heading + "\n```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static List<String> codes(String example) {
        String file = Stream.concat(
                        Stream.of(example.stripTrailing()),
                        REST.stream().filter(section -> !startsSection(example, section)))
                .collect(Collectors.joining("\n"));
        Checked<PipelineDefinition> read = PipelineReader.read("example.yaml", file, new FakeComponents());
        return read.diagnostics().stream()
                .map(Diagnostic::code)
                .map(code -> code.code())
                .toList();
    }

    private static boolean startsSection(String example, String section) {
        return example.lines().anyMatch(line -> line.startsWith(section.substring(0, section.indexOf(':') + 1)));
    }
}
