package dev.firn.definition.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.testing.FakeComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a pipeline file and its project, with the places in both. */
class ProjectGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/project");
    private static final String REWRITE =
            "mvn -pl pipelines/definition test -Dtest=ProjectGoldenTest -Dfirn.golden=write";

    /** Cases in which `--env prd` was said. */
    private static final Set<String> ASKED =
            Set.of("unknown-environment", "no-environments", "environment-without-project");

    static List<Path> cases() throws IOException {
        try (Stream<Path> cases = Files.list(FOLDER)) {
            return cases.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void printsThePageThatWasAgreed(Path folder) throws IOException {
        String page = page(folder);
        Path golden = folder.resolve("page.txt");
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(golden, page);
        }
        assertThat(page)
                .describedAs("%s; if the new page is right, write it with: %s", golden, REWRITE)
                .isEqualTo(Files.exists(golden) ? Files.readString(golden) : "(there is no " + golden + ")");
        assertThat(page.lines().filter(line -> !line.startsWith("src/")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @EnumSource
    void hasAGoldenPageForEveryCode(ProjectCode code) throws IOException {
        StringBuilder pages = new StringBuilder();
        for (Path folder : cases()) {
            pages.append(Files.readString(folder.resolve("page.txt")));
        }
        assertThat(pages).contains("[" + code.code() + "]");
    }

    private static String page(Path folder) {
        Path file = folder.resolve("pipeline.yaml");
        Layers layers =
                ASKED.contains(folder.getFileName().toString()) ? Layers.around(file, "prd") : Layers.around(file);
        Checked<PipelineDefinition> read = PipelineReader.read(file, new FakeComponents(), layers);
        return new DiagnosticPrinter(SourceText.onDisk()).print(read.diagnostics());
    }
}
