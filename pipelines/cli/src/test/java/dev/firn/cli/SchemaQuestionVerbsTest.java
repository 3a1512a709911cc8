package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.testing.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code firn schema show}, {@code diff} and {@code check} answer. */
class SchemaQuestionVerbsTest {

    private static final String ORDER =
            """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "int", "doc": "The order's\\nnumber."},
              {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["NEW"]}},
              {"name": "coupon", "type": ["null", "string"], "default": null},
              {"name": "paid", "type": ["int", "string"]},
              {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
                {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}}]}}}]}
            """;

    private static final String WIDER = ORDER.replace("\"id\", \"type\": \"int\"", "\"id\", \"type\": \"long\"");

    private static final String TAXED =
            WIDER.replace("{\"name\": \"price\"", "{\"name\": \"tax\", \"type\": \"string\"}, {\"name\": \"price\"");

    private final Registry registry = new Registry();

    @TempDir
    private Path folder;

    @BeforeEach
    void register() {
        registry.register("orders-value", ORDER);
        registry.register("orders-value", WIDER);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void showsTheColumnsOfAFile() throws IOException {
        assertThat(firn("schema", "show", file("a.avsc", ORDER)))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        path           avro                  column                    default  doc
                        id             int                   int             required           The order's number.
                        status         enum Status           string          required
                        coupon         string                string          optional  null
                        paid           int or string         struct          required
                        paid.int       int                   int             optional
                        paid.string    string                string          optional
                        lines          array of record Line  list<struct>    required
                        lines[].price  decimal(10, 2)        decimal(10, 2)  required
                        """,
                        ""));
    }

    @Test
    void showsThoseOfASubjectAndOfOneVersionOfIt() {
        assertThat(ofRegistry("show", "orders-value").out()).contains("\nid             long ");
        assertThat(ofRegistry("show", "orders-value@latest").out()).contains("\nid             long ");
        assertThat(ofRegistry("show", "orders-value@1").out()).contains("\nid             int ");
    }

    @Test
    void showsProgramsTheSame() throws IOException {
        String file = file(
                "a.avsc",
                "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"a\", \"type\": [\"null\", \"int\"], \"default\": null, \"doc\": \"A\"}]}");

        assertThat(firn("schema", "show", "--format", "json", file).out())
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "schema" : "%s",
                          "columns" : [
                            {
                              "path" : "a",
                              "avro" : "int",
                              "type" : "int",
                              "optional" : true,
                              "default" : "null",
                              "doc" : "A"
                            }
                          ]
                        }
                        """
                                .formatted(file));
    }

    @Test
    void saysWhatHasNoColumn() throws IOException {
        String tree = file(
                "t.avsc",
                "{\"type\": \"record\", \"name\": \"T\", \"fields\": [{\"name\": \"next\", \"type\": [\"null\", \"T\"]}, {\"name\": \"n\", \"type\": \"null\"}]}");

        assertThat(firn("schema", "show", tree))
                .isEqualTo(
                        new Cli.Answer(
                                1,
                                """
                        path  avro      column            default  doc
                        next  record T  none    optional
                        n     null      none    required
                        """,
                                """
                        firn: `next`: record `T` contains itself, and a column's type can't; flatten it, or keep it as a text of JSON with `json-fields: ["next"]` in the `format`
                        firn: `n`: nothing but null can stand here, which has no type; remove the field, or add a type to it
                        """));
    }

    @Test
    void comparesTwo() throws IOException {
        String taxed = file("b.avsc", TAXED);

        assertThat(ofRegistry("diff", "orders-value@1", taxed))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        widen-type  id           int -> long
                        add-column  lines[].tax  string, no default
                        """,
                        ""));
        assertThat(ofRegistry("diff", "orders-value@2", "orders-value"))
                .isEqualTo(new Cli.Answer(0, "nothing has changed\n", ""));
        assertThat(ofRegistry("diff", "--format", "json", "orders-value@1", "orders-value")
                        .out())
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "older" : "orders-value@1",
                          "newer" : "orders-value@2",
                          "changes" : [
                            {
                              "kind" : "widen-type",
                              "path" : "id",
                              "detail" : "int -> long"
                            }
                          ]
                        }
                        """);
    }

    @Test
    void checksWhetherOneMayFollowAnother() throws IOException {
        String order = file("a.avsc", ORDER);
        String wider = file("b.avsc", WIDER);

        assertThat(firn("schema", "check", wider, order))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        backward: compatible with %s

                        for the table:
                          widen-type  id  int -> long
                        """
                                .formatted(order),
                        ""));
        assertThat(ofRegistry("check", "--level", "forward", "orders-value@2", "orders-value@1"))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        forward: not compatible with orders-value@1
                          orders-value@2 read by orders-value@1: `id`: the reader takes int, and the writer writes long

                        for the table:
                          widen-type  id  int -> long
                        """,
                        ""));
        assertThat(firn("schema", "check", "--level", "FULL_TRANSITIVE", order, order)
                        .out())
                .isEqualTo("full-transitive: compatible with " + order + "\n\nnothing changes for the table\n");
    }

    @Test
    void checksAgainstAllVersionsForATransitiveLevel() throws IOException {
        String wider = file("b.avsc", WIDER);

        assertThat(ofRegistry("check", "--level", "forward", wider, "orders-value")
                        .exitCode())
                .isZero();
        assertThat(ofRegistry("check", "--level", "forward-transitive", wider, "orders-value")
                        .out())
                .startsWith("forward-transitive: not compatible with orders-value@1\n")
                .endsWith("\nnothing changes for the table\n");
        assertThat(ofRegistry("check", "--level", "backward-transitive", wider, "orders-value")
                        .out())
                .startsWith("backward-transitive: compatible with orders-value@1, orders-value@2\n");
        assertThat(ofRegistry("check", "--level", "forward", "orders-value", "orders-value@1", "orders-value@2")
                        .exitCode())
                .as("the last one alone counts")
                .isZero();
    }

    @Test
    void tellsProgramsWhyOneMayNot() {
        assertThat(ofRegistry("check", "--format", "json", "--level", "forward", "orders-value", "orders-value@1")
                        .out())
                .isEqualTo(
                        """
                        {
                          "version" : 1,
                          "level" : "forward",
                          "newer" : "orders-value@2",
                          "compatible" : false,
                          "against" : [
                            {
                              "older" : "orders-value@1",
                              "compatible" : false,
                              "reasons" : [
                                {
                                  "reader" : "old",
                                  "path" : "id",
                                  "why" : "the reader takes int, and the writer writes long"
                                }
                              ]
                            }
                          ],
                          "changes" : [
                            {
                              "kind" : "widen-type",
                              "path" : "id",
                              "detail" : "int -> long"
                            }
                          ]
                        }
                        """);
    }

    @Test
    void saysWhereAnArgumentLeadsNowhere() throws IOException {
        assertRefused(
                "there is no file `orders-value`; to ask for a subject, add `--registry` with a URL or a pipeline file",
                "schema",
                "show",
                "orders-value");
        assertRefused(
                "the registry at `" + registry.url() + "` has no subject `none`",
                "schema",
                "show",
                "--registry",
                registry.url(),
                "none");
        assertRefused(
                "the registry at `" + registry.url() + "` has no version 9 of subject `orders-value`",
                "schema",
                "show",
                "--registry",
                registry.url(),
                "orders-value@9");
        String wrong = file("w.avsc", "{");
        assertRefused("`" + wrong + "` is not valid Avro: it is not JSON", "schema", "show", wrong);
        assertRefused(
                "`--level`, which takes backward|forward|full[-transitive]",
                "schema",
                "check",
                "--level",
                "sideways",
                wrong,
                wrong);
    }

    @Test
    void saysThatTheRegistryIsAway() {
        registry.close();

        assertThat(ofRegistry("show", "orders-value"))
                .isEqualTo(
                        new Cli.Answer(
                                3,
                                "",
                                "firn: the registry at `" + registry.url()
                                        + "` can't say the latest version of subject `orders-value`: there is no connection to it\n"));
    }

    private static void assertRefused(String why, String... arguments) {
        Cli.Answer answer = firn(arguments);
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err().lines().findFirst().orElse("")).endsWith(why);
    }

    private Cli.Answer ofRegistry(String verb, String... rest) {
        String[] arguments = new String[rest.length + 4];
        arguments[0] = "schema";
        arguments[1] = verb;
        arguments[2] = "--registry";
        arguments[3] = registry.url();
        System.arraycopy(rest, 0, arguments, 4, rest.length);
        return firn(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
