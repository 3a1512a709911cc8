package dev.firn.it;

import dev.firn.definition.PipelineOptions;
import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.RouteOptions;
import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.OptionReference;
import dev.firn.definition.bind.Unbuilt;
import dev.firn.definition.maintenance.MaintenanceOptions;
import dev.firn.definition.project.ProjectOptions;
import dev.firn.definition.tests.TestOptions;
import dev.firn.flink.commit.TableMetrics;
import dev.firn.it.testing.Golden;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.WaitingSplits;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The reference of the pipeline file is made from the records that are the grammar. */
class ReferenceDocsTest {

    @Test
    void theReferenceSaysWhatTheRecordsSay() throws IOException {
        Connectors connectors = Connectors.load(getClass().getClassLoader());
        StringBuilder page = new StringBuilder(
                """
                # The pipeline file

                Made from the code; every option that there is today. One that is **not built yet** is read and checked, and refused by the plan. What a file means as a whole is told in
                [the first pipeline](../first-pipeline.md).
                """);
        section(page, "`pipeline:`", PipelineOptions.class);
        page.append("\n`source:` is one mapping or a list of them. Every source has a `type` and may have a `name`,"
                + " which a list requires.\n");
        connectors.types("source").stream()
                .sorted()
                .forEach(type -> section(
                        page,
                        "`source:` of type `" + type + "`",
                        connectors.source(type).options()));
        section(page, "`route:`, a list", RouteOptions.class);
        section(page, "`tables:`, a list", TableOptions.class);
        page.append("\n`sink:` has a `type`, and a `namespace` for streams that no route names and for Firn's own"
                + " tables; by default the pipeline's name.\n");
        connectors.types("sink").stream()
                .sorted()
                .forEach(type -> section(
                        page,
                        "`sink:` of type `" + type + "`",
                        connectors.sink(type).options()));
        section(page, "`quarantine:`", QuarantineOptions.class);
        section(page, "`maintenance:`", MaintenanceOptions.class);
        section(page, "`tests:`, a list", TestOptions.class);
        section(page, "The project file `firn.yaml`", ProjectOptions.class);

        Golden.assertSame(
                "docs/reference/pipeline-file.md",
                page.toString(),
                "mvn -pl integration-tests/pipelines -am test -Dtest=ReferenceDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write");
    }

    @Test
    void theMetricsAreThoseOfTheCode() throws IOException {
        StringBuilder page = new StringBuilder(
                """
                # Metrics

                Made from the code. Besides Flink's own metrics of a job, the operator `commit epochs` has these, on Flink's web page, over
                its REST interface and through every reporter that Flink has. Their names are stable.

                | metric of `commit epochs` | |
                |---|---|
                """);
        TableMetrics.TOTALS.forEach(total -> page.append("| `")
                .append(total.name())
                .append("` | ")
                .append(total.says())
                .append(" |\n"));
        page.append(
                """

                For each table that the job has committed to, or that waits to be, in the group `table.<name>`:

                | metric of a table | |
                |---|---|
                """);
        TableMetrics.ALL.forEach(metric -> page.append("| `")
                .append(metric.name())
                .append("` | ")
                .append(metric.says())
                .append(" |\n"));
        page.append(
                """

                Each operator `read <source>` has, beside those of Flink's own Kafka source:

                | metric of a reader | |
                |---|---|
                """);
        WaitingSplits.Metric.ALL.forEach(metric -> page.append("| `")
                .append(metric.name())
                .append("` | ")
                .append(metric.says())
                .append(" |\n"));
        Golden.assertSame(
                "docs/reference/metrics.md",
                page.toString(),
                "mvn -pl integration-tests/pipelines -am test -Dtest=ReferenceDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write");
    }

    private static void section(StringBuilder page, String title, Class<? extends Record> options) {
        page.append("\n## ").append(title).append("\n\n");
        if (Unbuilt.isUnbuilt(options)) {
            page.append("**Not built yet.** ");
        }
        OptionReference.component(options).map(Component::summary).ifPresent(summary -> page.append(summary)
                .append("\n\n"));
        page.append(OptionReference.markdown(options));
    }
}
