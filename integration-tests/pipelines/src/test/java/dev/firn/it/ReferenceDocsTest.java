package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.grammar.EvolutionTables;
import dev.firn.cli.grammar.FileSchema;
import dev.firn.cli.grammar.ReferencePage;
import dev.firn.flink.commit.TableMetrics;
import dev.firn.it.testing.Golden;
import dev.firn.spi.Connectors;
import dev.firn.spi.source.WaitingSplits;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference of the pipeline file is made from the records that are the grammar. */
class ReferenceDocsTest {

    private static final Connectors CONNECTORS = Connectors.load(ReferenceDocsTest.class.getClassLoader());

    private static final String REWRITE =
            "mvn -pl integration-tests/pipelines -am test -Dtest=ReferenceDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dfirn.golden=write";

    @Test
    void theReferenceSaysWhatTheRecordsSay() throws IOException {
        Golden.assertSame("docs/reference/pipeline-file.md", ReferencePage.of(CONNECTORS), REWRITE);
    }

    @Test
    void theSchemasForEditorsSayWhatTheRecordsSay() throws IOException {
        Golden.assertSame("docs/reference/pipeline-file.schema.json", FileSchema.pipeline(CONNECTORS), REWRITE);
        Golden.assertSame("docs/reference/firn-yaml.schema.json", FileSchema.project(), REWRITE);
    }

    /** A page of ours with two tables in it that are made from the code. */
    @Test
    void whatCanBeDecidedAboutChangesOfSchemasIsWhatTheRecordsSay() throws IOException {
        String page = Files.readString(Golden.file("docs/schema-evolution.md"));
        String made = Pattern.compile(
                        "(<!-- made from the code: begin -->\n).*(<!-- made from the code: end -->\n)", Pattern.DOTALL)
                .matcher(page)
                .replaceFirst(found ->
                        Matcher.quoteReplacement(found.group(1) + EvolutionTables.markdown() + found.group(2)));
        assertThat(made).contains(EvolutionTables.markdown());
        Golden.assertSame("docs/schema-evolution.md", made, REWRITE);
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

                For each table that the job has committed to, or that waits to be, in the group `table.<name>`; over the REST interface a
                dot in the table's name is `_`:

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
        Golden.assertSame("docs/reference/metrics.md", page.toString(), REWRITE);
    }
}
