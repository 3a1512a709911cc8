package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.selector.Names;
import dev.firn.plan.testing.Plans;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in {@code route:} and {@code partition-by}: an answer, and the same one twice. */
class PlannerPropertyTest {

    @Property(tries = 200)
    void everyStreamGetsATableNameOrAComplaint(
            @ForAll("selectors") String from, @ForAll("targets") String to, @ForAll("streams") String stream) {
        String text = "route: [{from: '" + from + "', to: '" + to + "'}]\n" + source(stream);
        Checked<PipelinePlan> plan = Plans.checked(text);
        PipelinePlan made = plan.value().orElseThrow();
        assertThat(made.routes())
                .allSatisfy(route ->
                        assertThat(Names.isTableName(route.table().full())).isTrue());
        assertThat(made.routes().size() + (plan.hasErrors() ? 1 : 0)).isPositive();
        assertThat(PlanJson.write(Plans.checked(text).value().orElseThrow())).isEqualTo(PlanJson.write(made));
    }

    @Property(tries = 200)
    void everyPartitionByIsReadOrComplainedAbout(@ForAll("transforms") String transforms) {
        String text = Plans.whole("tables: [{table: shop.orders, partition-by: '" + transforms + "'}]");
        Checked<PipelinePlan> plan = Plans.checked(text);
        boolean read = plan.value().orElseThrow().tables().stream()
                .anyMatch(table -> !table.partitioning().isEmpty());
        assertThat(read || plan.hasErrors()).isTrue();
        assertThat(new DiagnosticPrinter(SourceText.of("pipeline.yaml", text)).print(plan.diagnostics()))
                .doesNotContain("Exception");
    }

    private static String source(String stream) {
        return "source: {type: kafka, topics: ['" + stream + "'], format: {registry: {url: u}}}";
    }

    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.strings()
                .withChars("ab9._-/é $")
                .ofMinLength(1)
                .ofMaxLength(8)
                .filter(text -> !text.isBlank());
    }

    @Provide
    Arbitrary<String> selectors() {
        return Arbitraries.of("*", "a*", "*b", "kafka/*", "/(.*)/", "/(a)?(.*)/", "/([^9]*)(9?).*/", "/a|(b)/");
    }

    /** Such as the reader lets pass for a selector of one group. */
    @Provide
    Arbitrary<String> targets() {
        Arbitrary<String> part = Arbitraries.of("x", "$stream", "$1", "$1$stream", "x-$1", "$1_", "9");
        return Combinators.combine(part, part).as((namespace, table) -> namespace + "." + table);
    }

    @Provide
    Arbitrary<String> transforms() {
        return Arbitraries.of("day", "bucket", "(", ")", ",", " ", "placed_at", "sku", "16", "[", "é", "99999999999")
                .list()
                .ofMinSize(1)
                .ofMaxSize(9)
                .map(parts -> String.join("", parts))
                .filter(text -> !text.isBlank());
    }
}
