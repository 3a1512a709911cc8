package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpScreenTest {

    @Test
    void listsTheVerbsWithWhatEachIsFor() {
        Cli.Answer answer = firn();

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .isEqualTo(
                        """
                        Usage:  firn VERB [OPTION...] [FILE...]

                        A YAML file becomes a Flink job that commits Kafka topics exactly once to Iceberg tables.

                        Examples:
                          firn quickstart
                          firn lint examples/orders/pipeline.yaml

                        Verbs:
                          quickstart      Starts a broker and a registry, runs the example, shows where each record went.
                          new             Proposes a pipeline file for a topic: looks at some records and at their schema.
                          lint            Checks pipeline files without asking anything outside.
                          fmt             Puts pipeline files in the one form that there is; comments stay where they are.
                          import          Writes a pipeline file of another tool's, and lists what will behave differently.
                          test            Runs the tests that stand in pipeline files, under `tests:`.
                          plan            Shows what a pipeline would do: what is read, what happens to each table.
                          preview         Shows what some records would become: rows of each table, and what would go to
                                            quarantine.
                          run             Runs a pipeline on this machine; Ctrl-C stops it with a savepoint.
                          submit          Runs a pipeline on a Flink session cluster: plans it, hands it over, waits until
                                            it runs.
                          list            Lists the pipelines on a Flink cluster: those that run, and the last end of those
                                            that do not.
                          status          Shows how a pipeline fares on a Flink cluster: its state, lag, tables, restarts,
                                            balance.
                          stop            Stops a pipeline on a Flink cluster with a savepoint, and says how to go on from
                                            it.
                          upgrade         Lets a pipeline on a Flink cluster go on by a file that was changed, and goes
                                            back where that does not run.
                          savepoints      Lists the savepoints and checkpoints of a pipeline on a Flink cluster, the newest
                                            first.
                          logs            Prints the last lines of the logs of a Flink cluster's processes.
                          audit           Shows what became of every record: by partition, by table, by reason.
                          rewind          Takes a pipeline back to an epoch: its tables to the snapshots of then, its
                                            positions to where they were. The next run reads on from there.
                          quarantine      Lists, shows and counts the records that could not become rows of their tables.
                          replay          Puts quarantined records where they belong: through the routes, formats and
                                            tables of the file as it is now.
                          table           Lists and shows tables, says how large, how fresh and how well they are and what
                                            is missing; has one that waits go on.
                          maintain        Looks after tables, Firn's or not: makes large files of small ones, expires old
                                            snapshots, removes orphan files.
                          schema          Pulls, shows, compares, checks, plans, converts, infers and compiles schemas;
                                            tells a table's history and takes its columns back.
                          doctor          Looks at what a pipeline needs: this machine, the file, brokers, registry,
                                            catalog.
                          grammar         Prints the words of the pipeline file: a JSON Schema for editors, or the
                                            reference.
                          completion      Prints a script with which a shell completes verbs, options and topics.
                          help, explain   Explains a verb, an option of the pipeline file, or an error by its code.
                          version         Prints the versions of Firn, Flink, Iceberg and Java.

                        `firn VERB --help` shows a verb's options. `firn help TOPIC` explains an option of the pipeline
                        file, or an error by its code.
                        Exit codes: 0 done · 1 done, and the answer is no · 2 your file or your arguments ·
                        3 the outside · 4 refused unless allowed · 70 our bug · 130 interrupted
                        """);
        assertThat(firn("help")).isEqualTo(answer);
        assertThat(firn("--help")).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quickstart",
                "new",
                "lint",
                "fmt",
                "import",
                "plan",
                "preview",
                "run",
                "submit",
                "list",
                "status",
                "stop",
                "upgrade",
                "savepoints",
                "logs",
                "audit",
                "replay",
                "rewind",
                "doctor",
                "grammar",
                "completion",
                "help",
                "version"
            })
    void showsTwoExamplesOfAVerbBeforeItsOptions(String verb) {
        Cli.Answer answer = firn(verb, "--help");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEmpty();
        List<String> lines = answer.out().lines().toList();
        assertThat(lines.get(0)).startsWith("Usage:  firn " + verb);
        int examples = lines.indexOf("Examples:");
        assertThat(lines.subList(examples + 1, examples + 5))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("  firn " + verb),
                        second -> assertThat(second).startsWith("  firn " + verb),
                        gap -> assertThat(gap).isEmpty(),
                        options -> assertThat(options).isEqualTo("Options:"));
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(firn("help", verb)).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull", "show", "diff", "check", "plan", "convert", "infer", "codegen", "history"})
    void showsTwoExamplesOfAVerbAboutSchemasToo(String verb) {
        List<String> lines = firn("schema", verb, "--help").out().lines().toList();

        assertThat(lines.get(0)).startsWith("Usage:  firn schema " + verb);
        int examples = lines.indexOf("Examples:");
        assertThat(lines.subList(examples + 1, examples + 3))
                .allSatisfy(line -> assertThat(line).startsWith("  firn schema " + verb));
        assertThat(lines.get(examples + 4)).isEqualTo("Options:");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "stats"})
    void showsTwoExamplesOfAVerbAboutQuarantineToo(String verb) {
        List<String> lines = firn("quarantine", verb, "--help").out().lines().toList();

        assertThat(lines.get(0)).startsWith("Usage:  firn quarantine " + verb);
        int examples = lines.indexOf("Examples:");
        assertThat(lines.subList(examples + 1, examples + 3))
                .allSatisfy(line -> assertThat(line).startsWith("  firn quarantine " + verb));
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "size", "freshness", "health", "verify", "resume"})
    void showsTwoExamplesOfAVerbAboutTablesToo(String verb) {
        List<String> lines = firn("table", verb, "--help").out().lines().toList();

        assertThat(lines.get(0)).startsWith("Usage:  firn table " + verb);
        int examples = lines.indexOf("Examples:");
        assertThat(lines.subList(examples + 1, examples + 3))
                .allSatisfy(line -> assertThat(line).startsWith("  firn table " + verb));
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void listsTheVerbsAboutSchemas() {
        Cli.Answer answer = firn("schema");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).startsWith("Usage:  firn schema VERB").contains("\nVerbs:\n  pull   ");
        assertThat(firn("help", "schema")).isEqualTo(answer);
        assertThat(firn("schema", "pul").err())
                .isEqualTo(
                        """
                        firn schema: unknown verb `pul`; did you mean `pull`?
                          verbs: pull, show, diff, check, plan, convert, infer, codegen, history, rollback
                          help:  firn schema --help
                        """);
    }

    @Test
    void explainsAnErrorByItsCode() {
        Cli.Answer answer = firn("help", "unknown-option");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).startsWith("# unknown-option\n").contains("## Right");
        assertThat(firn("explain", "unknown-option")).isEqualTo(answer);
    }

    @Test
    void explainsAnOptionFromTheRecordThatDeclaresIt() {
        assertThat(firn("help", "startup").out())
                .startsWith(
                        """
                        # `startup` in `source:` of type `kafka`

                        Where to start, only where neither Flink state nor the ledger knows a position.

                        - type: one of `earliest`, `latest`
                        - default: `earliest`

                        ```yaml
                        source:
                          type: kafka
                          startup: latest
                        ```
                        """);
    }

    @Test
    void explainsAnOptionInsideAnotherByEitherName() {
        String page = firn("help", "format.registry.url").out();

        assertThat(page).startsWith("# `format.registry.url` in `source:` of type `kafka`\n");
        assertThat(page).contains("  format:\n    registry:\n      url: ");
        assertThat(firn("help", "url").out()).isEqualTo(page);
    }

    @Test
    void explainsAWordThatSeveralSectionsHaveOnceForEach() {
        assertThat(firn("help", "properties").out())
                .contains("# `properties` in `source:` of type `kafka`\n", "# `properties` in `tables:`\n")
                .contains("tables:\n  - properties: {");
    }

    @Test
    void listsTheOptionsOfASection() {
        assertThat(firn("help", "tables").out())
                .startsWith("# `tables:`\n")
                .contains("- `table`, required  \n", "- `partition-by`  \n");
        assertThat(firn("help", "kafka").out()).contains("- `startup`, `earliest` unless said  \n");
    }

    @Test
    void explainsTheProjectFileAndItsOptions() {
        assertThat(firn("help", "firn.yaml").out())
                .startsWith("# `firn.yaml`\n")
                .contains("- `project`, required  \n");
        assertThat(firn("help", "environments").out())
                .startsWith("# `environments` in `firn.yaml`\n")
                .contains("```yaml\nenvironments: {prod: {pipeline: {parallelism: 16}}}\n```");
    }

    @Test
    void namesTheTopicsNearAnUnknownOne() {
        Cli.Answer answer = firn("help", "startupp");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .isEqualTo(
                        """
                        firn help: there is no topic `startupp`
                          near:  `startup`
                          a topic is a verb, an option of the pipeline file, or a code in brackets behind `error`
                          help:  firn help
                        """);
        assertThat(firn("help", "unknown").err()).contains("`unknown-catalog`", "`unknown-option`");
    }
}
