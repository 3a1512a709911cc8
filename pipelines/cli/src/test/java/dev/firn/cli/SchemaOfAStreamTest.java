package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.testing.Registry;
import dev.firn.definition.reference.SystemReferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas that arguments name by a stream of a pipeline file, with the registry and all that the file says of it. */
class SchemaOfAStreamTest {

    private static final String ORDER =
            """
            {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "int"},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
              {"name": "tree", "type": {"type": "record", "name": "Tree", "fields": [
                {"name": "name", "type": "string"}, {"name": "children", "type": {"type": "array", "items": "Tree"}}]}},
              {"name": "more", "type": {"type": "record", "name": "More", "fields": [{"name": "x", "type": "string"}]}}]}
            """;

    private static final String WIDER = ORDER.replace("\"int\"", "\"long\"");

    private static final String URL = SystemReferences.PROPERTY_PREFIX + "FIRN_STREAM_REGISTRY";
    private static final String TOKEN = SystemReferences.PROPERTY_PREFIX + "FIRN_STREAM_TOKEN";

    private static final String REGISTRY = "url: \"${env:FIRN_STREAM_REGISTRY}\", token: \"${env:FIRN_STREAM_TOKEN}\"";

    private static final String FORMAT =
            "{type: avro, nanoseconds: truncate, json-fields: [tree.children, more], registry: {" + REGISTRY + "}}";

    private final Registry registry = new Registry();

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        registry.register("orders-value", ORDER);
        registry.register("orders-value", WIDER);
        registry.require("Bearer open");
        System.setProperty(URL, registry.url());
        System.setProperty(TOKEN, "open");
    }

    @AfterEach
    void stop() {
        System.clearProperty(URL);
        System.clearProperty(TOKEN);
        registry.close();
    }

    @Test
    void isShownAsTheTableOfTheStreamWillHaveIt() throws IOException {
        String file = pipeline(source("kafka", "[orders]", FORMAT));
        Cli.Answer newest = new Cli.Answer(
                0,
                """
                path           avro                  column                 default  doc
                id             long                  long         required
                at             timestamp-nanos       timestamptz  required
                tree           record Tree           struct       required
                tree.name      string                string       required
                tree.children  array of record Tree  string       required
                more           record More           string       required
                """,
                "");

        assertThat(firn("schema", "show", file)).isEqualTo(newest);
        assertThat(firn("schema", "show", file + ":orders")).isEqualTo(newest);
        assertThat(firn("schema", "show", file + ":orders@latest")).isEqualTo(newest);
        assertThat(firn("schema", "show", file + ":kafka/orders@2")).isEqualTo(newest);
        assertThat(firn("schema", "show", file + "@1").out()).contains("\nid             int  ");
    }

    /** Nobody asks the brokers whether there is such a topic: the registry knows its subject or does not. */
    @Test
    void isThatOfATopicThatTheFileSelects() throws IOException {
        String file = pipeline(source("kafka", "[\"ord*\"]", FORMAT));

        assertThat(firn("schema", "show", file + ":orders").out()).contains("\nid             long ");
        assertThat(firn("schema", "show", file + ":kafka/orders@1").out()).contains("\nid             int  ");
        assertThat(firn("schema", "show", file + ":refunds").err()).contains("has no stream `refunds`");
    }

    @Test
    void isShownInItsOwnWords() throws IOException {
        String file = pipeline(source("kafka", "[orders]", FORMAT));
        registry.register("orders-value", "{\"type\":\"record\",\"name\":\"R\",\"x\":1.50,\"fields\":[]}");

        assertThat(firn("schema", "show", "--format", "avro", file))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                                {
                                  "type" : "record",
                                  "name" : "R",
                                  "x" : 1.50,
                                  "fields" : [ ]
                                }
                                """,
                        ""));
        String commented = "/* Avro's parser takes it. */ \"int\"\n";
        assertThat(firn("schema", "show", "--format", "avro", file("c.avsc", commented)))
                .isEqualTo(new Cli.Answer(0, commented, ""));
    }

    @Test
    void isComparedAndCheckedInAllItsVersions() throws IOException {
        String file = pipeline(source("kafka", "[orders]", FORMAT));

        assertThat(firn("schema", "diff", file + ":orders@1", file + ":orders@2"))
                .isEqualTo(new Cli.Answer(1, "widen-type  id  int -> long\n", ""));
        assertThat(firn("schema", "check", "--level", "forward-transitive", file, file))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        forward-transitive: not compatible with orders-value@1
                          orders-value@2 read by orders-value@1: `id`: the reader takes int, and the writer writes long

                        nothing changes for the table
                        """,
                        ""));
    }

    /** The file is how a subject is asked for with what must not stand in a command line. */
    @Test
    void lendsItsRegistryToSubjects() throws IOException {
        registry.register(
                "audit", "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"a\", \"type\": \"int\"}]}");
        String file = pipeline(source("kafka", "[orders]", FORMAT));
        String shown = "path  avro  column            default  doc\na     int   int     required\n";

        assertThat(firn("schema", "show", "--registry", file, "audit@1")).isEqualTo(new Cli.Answer(0, shown, ""));
        assertThat(firn("schema", "show", "--registry", file + ":orders", "audit")
                        .exitCode())
                .isZero();
        assertThat(firn("schema", "show", "--registry", registry.url(), "audit"))
                .isEqualTo(
                        new Cli.Answer(
                                3,
                                "",
                                "firn: the registry at `" + registry.url()
                                        + "` can't say the latest version of subject `audit`: it refuses access with HTTP status 401\n"));
    }

    @Test
    void isFoundByTheFilesNaming() throws IOException {
        registry.register("orders-shop.Order", ORDER);
        registry.register("named", WIDER);
        String file = pipeline(source(
                        "a",
                        "[orders]",
                        "{type: avro, registry: {" + REGISTRY + ", subject-naming: topic-record-name}}")
                + source("b", "[orders]", "{type: avro, registry: {" + REGISTRY + ", subjects: {orders: named}}}"));

        assertThat(firn("schema", "diff", file + ":a/orders", file + ":b/orders"))
                .isEqualTo(new Cli.Answer(1, "widen-type  id  int -> long\n", ""));
        assertRefused(
                "several sources of `" + file + "` have a stream `orders`: say which one, `" + file + ":a/orders` or `"
                        + file + ":b/orders`",
                file + ":orders");
        assertThat(firn("schema", "show", "--registry", file, "named").err())
                .isEqualTo("firn: `" + file + "` names a registry in several ways: say the stream whose registry is"
                        + " meant, as in `" + file + ":a/orders`\n");
        registry.register("orders-shop.Refund", ORDER);
        assertThat(firn("schema", "show", file + ":a/orders").err())
                .startsWith(file + ":5:14: error[ambiguous-subject]: the registry at `" + registry.url()
                        + "` has several subjects for topic `orders`: `orders-shop.Order`, `orders-shop.Refund`\n");
    }

    @Test
    void isNamedByAStreamOfAFileThatIsThere() throws IOException {
        String several = pipeline(source("a", "[orders, refunds]", FORMAT)
                + source("b", "[pictures]", "{type: raw}")
                + source("c", "[events]", "{type: avro, encoding: json, schema-file: events.avsc}"));

        assertRefused("`" + several + "` has no stream `ordrs`; did you mean `orders`?", several + ":ordrs");
        assertRefused(
                "`" + several + "` has no stream `x`: it has `orders`, `refunds`, `pictures`, `events`",
                several + ":x@3");
        assertRefused(
                "`" + several
                        + "` has several streams: `orders`, `refunds`, `pictures`, `events`; say which one, as in `"
                        + several + ":orders`",
                several);
        assertRefused("stream `pictures` of `" + several + "` has no schema in a registry", several + ":pictures");
        assertRefused(
                "stream `events` of `" + several + "` has no schema in a registry: it is in the file `events.avsc`",
                several + ":events");
        assertRefused("the registry at `" + registry.url() + "` has no subject `refunds-value`", several + ":refunds");
        assertRefused(
                "the registry at `" + registry.url() + "` has no version 9 of subject `orders-value`",
                several + ":orders@9");
        assertRefused("there is no file `none.yaml`", "none.yaml:orders");
        assertRefused(
                "`" + pipeline(source("b", "[pictures]", "{type: raw}")) + "` names no registry",
                "--registry",
                several,
                "x");
    }

    @Test
    void saysWhatIsWrongWithTheFileWhereItIs() throws IOException {
        System.clearProperty(TOKEN);
        String format = "{type: avro, registry: {url: \"http://h\", token: \"${env:FIRN_STREAM_TOKEN}\"}}";
        String file = pipeline(source("kafka", "[orders]", format));
        String line = "    format: " + format;
        int column = line.indexOf("\"${env:FIRN_STREAM_TOKEN}") + 1;

        assertThat(firn("schema", "show", file))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        """
                        %s:7:%d: error[unresolved-reference]: reference `${env:FIRN_STREAM_TOKEN}` can't be resolved: the environment variable `FIRN_STREAM_TOKEN` is not set
                         7 | %s
                           | %s^^^^^^^^^^^^^^^^^^^^^^^^^^
                           help: firn help unresolved-reference

                        1 error
                        """
                                .formatted(file, column, line, " ".repeat(column - 1))));
        assertThat(firn("schema", "show", pipeline(source("kafka", "[orders]", "{type: avro}")))
                        .err())
                .contains("error[missing-option]: option `registry` is missing\n");
        assertThat(firn("schema", "show", file("broken.yaml", "pipeline: {")).err())
                .contains("broken.yaml:1:12: error[");
        String tls = "{type: avro, registry: {url: \"https://h\", tls: {trusted: none.pem}}}";
        assertThat(firn("schema", "show", pipeline(source("kafka", "[orders]", tls))))
                .isEqualTo(new Cli.Answer(
                        3, "", "firn: the registry's `tls.trusted` can't be used: there is no file `none.pem`\n"));
    }

    private static void assertRefused(String why, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "schema";
        all[1] = "show";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        assertThat(firn(all)).isEqualTo(new Cli.Answer(2, "", "firn: " + why + "\n"));
    }

    private String pipeline(String sources) throws IOException {
        return file(
                "shop.yaml",
                "pipeline: {name: shop}\nsource:\n" + sources
                        + """
                        route:
                          - {from: "*", to: shop.$stream}
                        sink: {type: iceberg, catalog: {type: hadoop, warehouse: "file:/lake"}}
                        """);
    }

    private static String source(String name, String topics, String format) {
        return """
                  - name: %s
                    type: kafka
                    topics: %s
                    properties: {bootstrap.servers: k}
                    format: %s
                """
                .formatted(name, topics, format);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
