package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.testing.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaConvertVerbTest {

    private static final Path FOLDER = Path.of("src/test/resources/convert");
    private static final String REWRITE =
            "mvn -pl pipelines/cli -am test -Dtest=SchemaConvertVerbTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dfirn.golden=write";

    private static final String SMALL =
            """
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [
              {"name": "id", "type": "long", "doc": "the key"},
              {"name": "note", "type": ["null", "string"], "default": null}
            ]}
            """;

    @TempDir
    private Path folder;

    /** One schema with everything in it, in each notation, with all that is said of it. */
    @ParameterizedTest
    @CsvSource({
        "avro, spark",
        "iceberg, spark",
        "json-schema, spark",
        "parquet, spark",
        "sql, spark",
        "sql, trino",
        "sql, flink",
        "sql, postgres"
    })
    void showsTheScreenThatWasAgreed(String to, String dialect) throws IOException {
        Cli.Answer answer = firn(
                "schema",
                "convert",
                "--to",
                to,
                "--dialect",
                dialect,
                FOLDER.resolve("orders.avsc").toString());
        Path golden = FOLDER.resolve("orders." + to + (to.equals("sql") ? "-" + dialect : "") + ".txt");
        String screen = answer.out() + "\n" + answer.err();
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(golden, screen);
        }
        assertThat(answer.exitCode()).isZero();
        assertThat(screen).as("if it is meant: %s", REWRITE).isEqualTo(Files.readString(golden));
    }

    /** What a notation has kept is what a second look at it finds, so the same text is written of it. */
    @ParameterizedTest
    @CsvSource({"avro, .avsc", "iceberg, .json", "json-schema, .schema.json", "parquet, .txt", "sql, .sql"})
    void whatWasWrittenIsKnownForWhatItIsAndReadAgain(String to, String ending) throws IOException {
        String written = firn(
                        "schema",
                        "convert",
                        "--to",
                        to,
                        FOLDER.resolve("orders.avsc").toString())
                .out();
        String file = file("again" + ending, written);

        Cli.Answer again = firn("schema", "convert", "--to", to, "--name", "dev.shop.Order", file);

        assertThat(again.exitCode()).isZero();
        // Parquet knows of an enum that it is one, and no notation knows it from that.
        assertThat(again.out()).isEqualTo(written.replace("(ENUM)", "(STRING)"));
    }

    @Test
    void writesWhatIsLostOnTheOtherStream() throws IOException {
        Cli.Answer answer = firn("schema", "convert", "--to", "sql", file("orders.avsc", SMALL));

        assertThat(answer)
                .isEqualTo(
                        new Cli.Answer(
                                0,
                                """
                                CREATE TABLE `Order` (
                                  id BIGINT NOT NULL COMMENT 'the key',
                                  note STRING
                                );
                                """,
                                """
                                firn: the record: the namespace `shop` is lost: Spark has no place for it
                                firn: the record: the name has to be written as `Order`
                                """));
    }

    @Test
    void strictAllowsAnotherFormAndNoLoss() throws IOException {
        String file = file("orders.avsc", SMALL);

        assertThat(firn("schema", "convert", "--strict", "--to", "sql", file).exitCode())
                .isEqualTo(1);
        Cli.Answer renamed = firn("schema", "convert", "--strict", "--to", "sql", "--name", "order", file);
        assertThat(renamed.exitCode()).isZero();
        assertThat(renamed.err()).isEqualTo("firn: the record: the name has to be written as `order`\n");
        assertThat(firn("schema", "convert", "--strict", "--to", "avro", file).exitCode())
                .isZero();
    }

    @Test
    void answersForProgramsToo() throws IOException {
        String file = file("orders.sql", "CREATE TABLE t (id INT PRIMARY KEY)");

        assertThat(firn("schema", "convert", "--format", "json", "--to", "sql", "--dialect", "postgres", file))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                                {
                                  "version" : 1,
                                  "schema" : "%s",
                                  "from" : "sql",
                                  "to" : "sql",
                                  "text" : "CREATE TABLE t (\\n  id integer NOT NULL\\n);\\n",
                                  "losses" : [
                                    {
                                      "kind" : "lost",
                                      "path" : "id",
                                      "what" : "that it is the primary key is lost: a schema of columns has no place for it"
                                    }
                                  ]
                                }
                                """
                                .formatted(file),
                        ""));
    }

    @Test
    void readsOneDialectAndWritesAnother() throws IOException {
        String file = file("orders.ddl", "CREATE TABLE t (at TIMESTAMP(3) WITH TIME ZONE, parts ARRAY(ROW(a REAL)))");

        Cli.Answer answer =
                firn("schema", "convert", "--from-dialect", "trino", "--to", "sql", "--dialect", "flink", file);

        assertThat(answer)
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                                CREATE TABLE t (
                                  at TIMESTAMP_LTZ(3),
                                  parts ARRAY<ROW<a FLOAT>>
                                );
                                """,
                        ""));
    }

    @Test
    void whatHasNoNameIsCalledAsItsFile() throws IOException {
        String iceberg = file(
                "orders.v1.json",
                "{\"type\": \"struct\", \"fields\": [{\"id\": 1, \"name\": \"id\", \"required\": true, \"type\": \"long\"}]}");

        assertThat(firn("schema", "convert", "--to", "sql", "--dialect", "trino", iceberg)
                        .out())
                .isEqualTo("CREATE TABLE orders (\n  id BIGINT NOT NULL\n);\n");
    }

    @Test
    void readsProtobufAndDoesNotWriteIt() throws IOException {
        String file = file("order.proto", "syntax = \"proto3\"; message Order { uint32 count = 1; }");

        assertThat(firn("schema", "convert", "--to", "sql", file))
                .isEqualTo(
                        new Cli.Answer(
                                0,
                                "CREATE TABLE `Order` (\n  count BIGINT\n);\n",
                                """
                                firn: the record: that its fields have numbers is lost: a schema of columns has no place for it
                                firn: `count`: a whole number of 32 bits without a sign becomes one of 64
                                firn: the record: the name has to be written as `Order`
                                """));
        assertRefused(
                "`protobuf` is no value for `--to`, which takes avro|iceberg|json-schema|parquet|sql",
                "--to",
                "protobuf",
                file);
    }

    @Test
    void asksARegistry() throws IOException {
        try (Registry registry = new Registry()) {
            registry.register("orders-value", SMALL);

            assertThat(firn("schema", "convert", "--registry", registry.url(), "--to", "parquet", "orders-value@1")
                            .out())
                    .isEqualTo("message shop.Order {\n  required int64 id;\n  optional binary note (STRING);\n}\n");
        }
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws IOException {
        assertRefused(
                "there is no file `none`; to ask for a subject, add `--registry` with a URL or a pipeline file",
                "--to",
                "avro",
                "none");
        String text = file("notes.txt", "what is this?");
        assertRefused(
                "what notation `" + text + "` is in can't be told by its name or its content; add `--from"
                        + " avro|iceberg|json-schema|parquet|protobuf|sql`",
                "--to",
                "avro",
                text);
        assertRefused(
                "`" + text + "`, read as avro: it is not valid Avro: it is not JSON",
                "--from",
                "avro",
                "--to",
                "sql",
                text);
        assertRefused(
                "`yaml` is no value for `--from`, which takes avro|iceberg|json-schema|parquet|protobuf|sql",
                "--from",
                "yaml",
                "--to",
                "sql",
                text);
        assertRefused("`--to` needs a value: avro|iceberg|json-schema|parquet|sql", text);
        assertRefused(
                "`oracle` is no value for `--dialect`, which takes spark|trino|flink|postgres",
                "--dialect",
                "oracle",
                "--to",
                "sql",
                text);
        String binary = Files.write(
                        folder.resolve("orders.parquet"), "PAR1 and nothing".getBytes(StandardCharsets.UTF_8))
                .toString();
        assertRefused(
                "`" + binary + "`, read as parquet: it is no Parquet file, or a broken one", "--to", "avro", binary);
        String latin = Files.write(folder.resolve("latin.avsc"), new byte[] {'{', (byte) 0xe4})
                .toString();
        assertRefused("`" + latin + "`, read as avro: it is not a text in UTF-8", "--to", "sql", latin);
    }

    @Test
    void saysWhatCanNotBeWrittenAtAll() throws IOException {
        String tree = file(
                "tree.avsc",
                """
                {"type": "record", "name": "Node", "fields": [
                  {"name": "sum", "type": {"type": "bytes", "logicalType": "decimal", "precision": 50, "scale": 2}},
                  {"name": "children", "type": {"type": "array", "items": "Node"}}
                ]}
                """);

        assertThat(firn("schema", "convert", "--to", "iceberg", tree))
                .isEqualTo(
                        new Cli.Answer(
                                1,
                                "",
                                """
                                firn: `sum`: a decimal of 50 digits is longer than the 38 of Iceberg; use a precision of at most 38, or a string
                                firn: `children[]`: record `Node` contains itself, and Iceberg has no word for that; flatten it, or make it a string of JSON
                                """));
    }

    private static void assertRefused(String why, String... arguments) {
        List<String> all = new ArrayList<>(List.of("schema", "convert"));
        all.addAll(List.of(arguments));
        Cli.Answer answer = firn(all.toArray(String[]::new));
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().lines().findFirst().orElse("")).endsWith(why);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
