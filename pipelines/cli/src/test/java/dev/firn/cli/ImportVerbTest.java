package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.cli.testing.Cli;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.layout.Layout;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportVerbTest {

    private static final Path FOLDER = Path.of("src/test/resources/import");
    private static final String REWRITE =
            "mvn -pl pipelines/cli -am test -Dtest=ImportVerbTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dfirn.golden=write";

    private static final String CONNECTOR =
            """
            {"connector.class": "org.apache.iceberg.connect.IcebergSinkConnector", "name": "orders", "topics": "orders",
             "iceberg.tables": "sales.orders", "iceberg.catalog.type": "rest", "iceberg.catalog.uri": "http://c:8181"%s}
            """;

    @TempDir
    private Path folder;

    /** What is written is in its form already, lint has nothing against it but what is not built, and no key is silent. */
    @ParameterizedTest
    @CsvSource({
        "connect-small.json, 0",
        "connect-nested.json, 0",
        "connect-plain-json.json, 1",
        "connect-fan-out.json, 0",
        "connect-tabular-flat.json, 1",
        "flink-cdc-mysql.yaml, 1",
        "flink-cdc-postgres.yaml, 1"
    })
    void writesThePipelineAndTellsOfEverySetting(String name, int code) throws IOException {
        Path sample = FOLDER.resolve(name);
        Cli.Answer answer = firn("import", sample.toString());

        golden(name.replaceAll("\\.\\w+$", ".firn.yaml"), answer.out());
        golden(name.replaceAll("\\.\\w+$", ".txt"), answer.err());
        assertThat(answer.exitCode()).isEqualTo(code);
        assertThat(Layout.of("again", answer.out()).value()).contains(answer.out());
        assertThat(PipelineFile.lint(folder.resolve("pipeline.yaml"), answer.out()))
                .filteredOn(found -> found.severity() == Severity.ERROR)
                .filteredOn(found -> !expected(found))
                .isEmpty();
        assertThat(answer.out() + answer.err()).doesNotContain("canary");
        Set<String> told = new HashSet<>(List.of((answer.out() + " " + answer.err()).split("[\\s,]+")));
        assertThat(told).containsAll(keys(sample));
    }

    /** A schema that its user has to write can't be there. */
    private static boolean expected(Diagnostic found) {
        return found.code() == DefinitionCode.NOT_BUILT_YET
                || found.code().code().equals("schema-file-unreadable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "surprise",
                "topics.regex",
                "iceberg.tables.surprise",
                "iceberg.table.surprise",
                "iceberg.control.surprise",
                "iceberg.catalogue.uri",
                "iceberg.surprise",
                "value.converter.surprise",
                "key.converter.surprise",
                "transforms.surprise.type",
                "predicates.surprise.type",
                "errors.surprise",
                "errors.deadletterqueue.surprise",
                "consumer.override.surprise",
                "consumer.override.group.id",
                "producer.override.surprise",
                "iceberg.kafka.surprise",
                "iceberg.catalog.surprise",
                "iceberg.tables.auto-create-props.surprise",
                "iceberg.tables.write-props.surprise"
            })
    void leavesNoSettingUntold(String key) throws IOException {
        Path file = file("sink.json", CONNECTOR.formatted(", \"" + key + "\": \"x\""));

        Cli.Answer answer = firn("import", file.toString());

        assertThat((answer.out() + " " + answer.err()).split("[\\s,]+")).contains(key);
    }

    /** Each line of the page's tables holds a setting, a value, and what is to be found in the pipeline or in the report. */
    @Test
    void doesWhatItsPageSays() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../../docs/import.md")).stream()
                .filter(line -> line.startsWith("| `")
                        && line.chars().filter(sign -> sign == '|').count() > 3)
                .toList();
        for (String row : rows) {
            String[] cells = row.split("\\|");
            String key = cells[1].strip().replace("`", "");
            String value = cells[2].strip().replace("`", "");
            String becomes = cells[3].strip();
            boolean isConnector = !key.matches("(source|sink|pipeline)\\..*");
            Path file = isConnector ? file("page.json", connector(key, value)) : file("page.yaml", cdc(key, value));

            Cli.Answer answer = firn("import", file.toString());

            if (becomes.startsWith("`")) {
                String[] words = becomes.substring(1, becomes.indexOf('`', 1)).split(": ", 2);
                assertThat(answer.out()).as(row).contains(words[0] + ": " + words[1] + " # " + key);
            } else {
                assertThat(answer.err())
                        .as(row)
                        .containsPattern("(?m)^" + becomes.replaceAll(":.*", "") + ": " + key + "[, ]");
            }
        }
        assertThat(rows).hasSizeGreaterThan(40);
    }

    private static String connector(String key, String value) {
        String more = key.equals("connector.class") || CONNECTOR.contains("\"" + key + "\"")
                ? ""
                : ", \"" + key + "\": \"" + value + "\"";
        return CONNECTOR
                .replace(key.equals("topics.regex") ? "\"topics\": \"orders\"," : " ", " ")
                .formatted(more)
                .replaceFirst("\"" + key + "\": \"[^\"]*\"", "\"" + key + "\": \"" + value + "\"");
    }

    private static String cdc(String key, String value) {
        String section = key.substring(0, key.indexOf('.'));
        String line = key.substring(key.indexOf('.') + 1) + ": " + value;
        String smallest =
                """
                pipeline:
                  x: 1
                source:
                  type: %s
                sink:
                  type: iceberg
                """
                        .formatted(key.contains("slot") ? "postgres" : "mysql");
        return key.endsWith(".type") ? smallest : smallest.replace(section + ":\n", section + ":\n  " + line + "\n");
    }

    /** A table that is appended to can't delete, and a delete has neither a value nor a key unless the file says so. */
    @Test
    void readsDebeziumsEnvelopeInAWayThatAPlanTakes() throws IOException {
        String debezium = ", \"value.converter\": \"io.confluent.connect.avro.AvroConverter\", \"transforms\": \"un\","
                + " \"transforms.un.type\": \"io.debezium.transforms.ExtractNewRecordState\"";
        Cli.Answer appended =
                firn("import", file("sink.json", CONNECTOR.formatted(debezium)).toString());
        Cli.Answer upserted = firn(
                "import",
                file(
                                "sink.json",
                                CONNECTOR
                                        .formatted(debezium + ", \"iceberg.tables.upsert-mode-enabled\": \"true\","
                                                + " \"iceberg.tables.default-id-columns\": \"id\","
                                                + " \"iceberg.tables.dynamic-enabled\": \"true\","
                                                + " \"iceberg.tables.route-field\": \"region\"")
                                        .replace("org.apache.iceberg.connect", "io.tabular.iceberg.connect"))
                        .toString());

        assertThat(appended.exitCode()).as(appended.err()).isZero();
        assertThat(appended.out())
                .contains("    type: debezium-avro # transforms.un.type\n")
                .containsPattern("\n  key:\n    type: avro #[^\n]*\n    columns: none\n")
                .contains("    deletes: ignore # rows are appended\n");
        assertThat(appended.err()).contains("by `deletes: ignore`: rows are appended");
        assertThat(upserted.exitCode()).as(upserted.err()).isZero();
        assertThat(upserted.out())
                .contains("    write: upsert", "    type: debezium-avro", "    columns: none", "    to: orders.$stream")
                .doesNotContain("deletes:", "by: region");
    }

    @Test
    void writesAFileThatLintIsContentWith() throws IOException {
        Path sink = file("sink.json", CONNECTOR.formatted(""));
        Path out = folder.resolve("orders.yaml");

        Cli.Answer answer = firn("import", "--out", out.toString(), sink.toString());

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo(out + ": written, 26 lines\n");
        assertThat(answer.err()).endsWith("\nnext: firn lint " + out + "\n");
        assertThat(firn("lint", out.toString())).isEqualTo(new Cli.Answer(0, out + ": ok\n", ""));
        assertThat(firn("fmt", "--check", out.toString()).exitCode()).isZero();
    }

    @Test
    void replacesNoFileUnlessItIsTold() throws IOException {
        Path sink = file("sink.json", CONNECTOR.formatted(""));
        Path out = file("orders.yaml", "precious\n");

        assertThat(firn("import", "--out", out.toString(), sink.toString()))
                .isEqualTo(new Cli.Answer(
                        4,
                        "",
                        "firn: `" + out + "` is there already: name another file, or say `--yes` to replace it\n"));
        assertThat(out).hasContent("precious");
        assertThat(firn("import", "--yes", "--out", out.toString(), sink.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(out)).startsWith("# Made by `firn import` of sink.json");
        assertThat(firn("import", "--yes", "--out", sink.toString(), sink.toString()))
                .isEqualTo(new Cli.Answer(2, "", "firn: `" + sink + "` is the file that is read: name another one\n"));
    }

    @Test
    void answersPrograms() throws IOException {
        Path sink = file("sink.json", CONNECTOR.formatted(", \"iceberg.catalog.credential\": \"a:canary\""));

        Cli.Answer answer = firn("import", "--format", "json", sink.toString());

        JsonNode tree = new ObjectMapper().readTree(answer.out());
        assertThat(answer.err()).isEmpty();
        assertThat(tree.path("version").asInt()).isEqualTo(1);
        assertThat(tree.path("runs").asBoolean()).isTrue();
        assertThat(tree.path("pipeline").asText())
                .isEqualTo(firn("import", sink.toString()).out());
        assertThat(tree.path("findings").get(0).path("weight").asText()).isEqualTo("danger");
        assertThat(answer.out()).doesNotContain("canary").contains("${secret:catalog-credential}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"connector.class": "io.debezium.Postgres"}            | it is a connector of another class, `io.debezium.Postgres`
                    source: {type: oracle}, sink: {type: iceberg}          | it goes from `oracle` to `iceberg`
                    source: {type: mysql}, sink: {type: iceberg, catalog: a} | it is a pipeline of Firn already
                    services: {}                                           | it has neither `connector.class` nor `source` and `sink`
                    [1, 2]                                                 | it is a list
                    """)
    void saysWhyItCanNotImport(String text, String why) throws IOException {
        Path file = file("odd.yaml", text.startsWith("[") || text.startsWith("{") ? text : "{" + text + "}");

        Cli.Answer answer = firn("import", file.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .startsWith("firn: `" + file + "` can't be imported: " + why + "\n  expected: a pipeline");
    }

    @Test
    void readsJsonThatIsIndentedWithTabs() throws IOException {
        Path file = file("sink.json", CONNECTOR.formatted("").replace("\n ", "\n\t"));

        assertThat(firn("import", file.toString()).exitCode()).isZero();
    }

    @Test
    void saysWhereAFileIsBroken() throws IOException {
        Path file = file("sink.json", "{\"name\": \"a\",, }");

        assertThat(firn("import", file.toString()).err()).startsWith(file + ":1:14: error[yaml-syntax]");
        assertThat(firn("import", folder.resolve("none").toString()).exitCode()).isEqualTo(2);
    }

    private static void golden(String name, String text) throws IOException {
        Path golden = FOLDER.resolve(name);
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(golden, text);
        }
        assertThat(text).as("if it is meant: %s", REWRITE).isEqualTo(Files.readString(golden));
    }

    private static List<String> keys(Path sample) throws IOException {
        List<String> keys = new ArrayList<>();
        Node root = YamlReader.read(sample.toString(), Files.readString(sample).replace('\t', ' '))
                .value()
                .orElseThrow();
        collect("", root, keys);
        return keys.stream().map(key -> key.replaceFirst("^config\\.", "")).toList();
    }

    private static void collect(String key, Node node, List<String> keys) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries()
                    .forEach(entry -> collect(
                            (key.isEmpty() ? "" : key + ".") + entry.key().text(), entry.value(), keys));
        } else if (node instanceof Node.Sequence sequence) {
            for (int index = 0; index < sequence.items().size(); index++) {
                collect(key + "[" + index + "]", sequence.items().get(index), keys);
            }
        } else {
            keys.add(key);
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
