package dev.firn.cli;

import static dev.firn.cli.testing.Cli.firn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.cli.testing.Cli;
import dev.firn.cli.testing.Registry;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a producer is told before it registers a schema. */
class SchemaPlanVerbTest {

    private static final String LONG_ID = field("id", "\"long\"");
    private static final String INT_N = field("n", "\"int\"");
    private static final String FIRST = record(LONG_ID, field("cust", "\"string\""), INT_N);

    private static final String NEXT = record(LONG_ID, aliased("customer", "cust"), field("n", "\"long\""), note());

    private static final Schema FIRST_COLUMNS = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.required(2, "cust", Types.StringType.get()),
            Types.NestedField.required(3, "n", Types.IntegerType.get()));

    private static final String SEVERAL =
            """
            tables:
              - {table: "*", schema-evolution: lenient}
              - table: sales.orders
                schema-evolution: {rename-column: apply}
              - {table: sales.copy, schema-evolution: {widen-type: quarantine}}
            """;

    private final Registry registry = new Registry();

    /** Short, for lines end with the names of files. */
    private final Path folder = Path.of("target/sp");

    private static String record(String... fields) {
        return "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [" + String.join(", ", fields) + "]}";
    }

    private static String field(String name, String type) {
        return "{\"name\": \"" + name + "\", \"type\": " + type + "}";
    }

    private static String aliased(String name, String was) {
        return "{\"name\": \"" + name + "\", \"type\": \"string\", \"aliases\": [\"" + was + "\"]}";
    }

    private static String note() {
        return "{\"name\": \"note\", \"type\": [\"null\", \"string\"], \"default\": null}";
    }

    @BeforeEach
    void start() throws IOException {
        FileUtils.deleteDirectory(folder.toFile());
        Files.createDirectories(folder);
        registry.register("orders-value", FIRST);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void saysOfEveryTableWhatHappensToItsColumnsAndWhoHasDecidedIt() throws IOException {
        String file = pipeline("[sales.orders, sales.copy, sales.fresh]", SEVERAL);
        table("orders", FIRST_COLUMNS);
        table("copy", FIRST_COLUMNS);

        assertThat(plan(file, NEXT))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        next.avsc as version 2 of orders-value

                        sales.copy: takes none of its records; they go to quarantine
                          add-column   customer  - -> string  apply          orders.yaml:11 (lenient)
                          widen-type   n         int -> long  quarantine     orders.yaml:14
                          add-column   note      - -> string  apply          orders.yaml:11 (lenient)
                          drop-column  cust      string -> -  keep-nullable  orders.yaml:11 (lenient)

                        sales.fresh: is not there; created with 4 columns
                          id        long    required
                          customer  string  required
                          n         long    required
                          note      string  optional

                        sales.orders: takes every value
                          rename-column  customer  cust -> customer  apply  orders.yaml:13
                          widen-type     n         int -> long       apply  orders.yaml:11 (lenient)
                          add-column     note      - -> string       apply  orders.yaml:11 (lenient)

                        3 tables: 2 take every value, 1 takes no record of it
                        next: firn plan --table sales.copy orders.yaml
                        """,
                        ""));
    }

    @Test
    void aLongNameOfAFileStandsOnALineOfItsOwn() throws IOException {
        String file = pipeline("sales.orders", evolution("lenient"));
        table("orders", FIRST_COLUMNS);
        Path far = folder.resolve("a/team/that/likes/folders/and/has/many");
        Files.createDirectories(far);
        Files.move(Path.of(file), far.resolve("orders.yaml"));

        Cli.Answer answer = plan(far.resolve("orders.yaml").toString(), NEXT);

        assertThat(answer.out())
                .isEqualTo(
                        """
                        next.avsc as version 2 of orders-value

                        sales.orders: takes every value
                          add-column   customer  - -> string  apply
                            by a/team/that/likes/folders/and/has/many/orders.yaml:11 (lenient)
                          widen-type   n         int -> long  apply
                            by a/team/that/likes/folders/and/has/many/orders.yaml:11 (lenient)
                          add-column   note      - -> string  apply
                            by a/team/that/likes/folders/and/has/many/orders.yaml:11 (lenient)
                          drop-column  cust      string -> -  keep-nullable
                            by a/team/that/likes/folders/and/has/many/orders.yaml:11 (lenient)

                        1 table takes every value
                        next: register it, then firn plan a/team/that/likes/folders/and/has/many/orders.yaml
                        """);
    }

    @Test
    void saysItToProgramsToo() throws IOException {
        String file = pipeline("[sales.orders, sales.fresh]", SEVERAL);
        table("orders", FIRST_COLUMNS);
        registry.level("NONE");

        assertThat(plan(file, NEXT, "--format", "json"))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        {
                          "version" : 1,
                          "subject" : "orders-value",
                          "schema" : "next.avsc",
                          "schema-version" : 2,
                          "registered" : false,
                          "good" : true,
                          "tables" : [
                            {
                              "table" : "sales.fresh",
                              "fate" : "created",
                              "streams" : [
                                "kafka/orders"
                              ],
                              "changes" : [ ],
                              "left-out" : [ ],
                              "columns" : [
                                {
                                  "name" : "id",
                                  "type" : "long",
                                  "optional" : false
                                },
                                {
                                  "name" : "customer",
                                  "type" : "string",
                                  "optional" : false
                                },
                                {
                                  "name" : "n",
                                  "type" : "long",
                                  "optional" : false
                                },
                                {
                                  "name" : "note",
                                  "type" : "string",
                                  "optional" : true
                                }
                              ]
                            },
                            {
                              "table" : "sales.orders",
                              "fate" : "changed",
                              "streams" : [
                                "kafka/orders"
                              ],
                              "changes" : [
                                {
                                  "kind" : "rename-column",
                                  "path" : "customer",
                                  "before" : "cust",
                                  "after" : "customer",
                                  "decision" : "apply",
                                  "by" : "orders.yaml:13"
                                },
                                {
                                  "kind" : "widen-type",
                                  "path" : "n",
                                  "before" : "int",
                                  "after" : "long",
                                  "decision" : "apply",
                                  "by" : "orders.yaml:11 (lenient)"
                                },
                                {
                                  "kind" : "add-column",
                                  "path" : "note",
                                  "after" : "string",
                                  "decision" : "apply",
                                  "by" : "orders.yaml:11 (lenient)"
                                }
                              ],
                              "left-out" : [ ],
                              "columns" : [
                                {
                                  "name" : "id",
                                  "type" : "long",
                                  "optional" : false
                                },
                                {
                                  "name" : "customer",
                                  "type" : "string",
                                  "optional" : false
                                },
                                {
                                  "name" : "n",
                                  "type" : "long",
                                  "optional" : false
                                },
                                {
                                  "name" : "note",
                                  "type" : "string",
                                  "optional" : true
                                }
                              ]
                            }
                          ]
                        }
                        """,
                        ""));
    }

    @Test
    void changesNothing() throws IOException {
        String file = pipeline("[sales.orders, sales.fresh]", SEVERAL);
        Table table = table("orders", FIRST_COLUMNS);
        String before = files();

        assertThat(plan(file, NEXT).exitCode()).isZero();

        assertThat(files()).isEqualTo(before);
        table.refresh();
        assertThat(table.schema().sameSchema(FIRST_COLUMNS)).isTrue();
        assertThat(firn("schema", "show", "--registry", registry.url(), "orders-value@2")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void whatIsLeftOutBecauseTheFileSaysSoIsLost() throws IOException {
        String file = pipeline("sales.orders", evolution("{add-column: ignore}"));
        table("orders", FIRST_COLUMNS);

        assertThat(plan(file, NEXT))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        next.avsc as version 2 of orders-value

                        sales.orders: takes rows without `note`
                          rename-column  customer  cust -> customer  apply   default
                          widen-type     n         int -> long       apply   default
                          add-column     note      - -> string       ignore  orders.yaml:11

                        1 table leaves some out
                        next: firn plan --table sales.orders orders.yaml
                        """,
                        ""));
    }

    /** What is dropped does not matter, whatever becomes of it. */
    @Test
    void goesByTheColumnsThatTheFileMakesOfRecords() throws IOException {
        String file = pipeline(
                "[sales.orders, sales.fresh]",
                "tables: {table: '*', set: {size: n * 2}, drop: [n], rename: {cust: buyer}}\n");
        table(
                "orders",
                new Schema(
                        Types.NestedField.required(1, "id", Types.LongType.get()),
                        Types.NestedField.required(2, "buyer", Types.StringType.get()),
                        Types.NestedField.optional(3, "size", Types.IntegerType.get())));

        assertThat(plan(file, record(LONG_ID, field("cust", "\"string\""), field("n", "\"long\""), note())))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        next.avsc as version 2 of orders-value

                        sales.fresh: is not there; created with 4 columns
                          id     long    required
                          buyer  string  required
                          note   string  optional
                          size   long    optional

                        sales.orders: takes every value
                          add-column  note  - -> string  apply  default
                          widen-type  size  int -> long  apply  default

                        2 tables: 2 take every value
                        next: register it, then firn plan orders.yaml
                        """,
                        ""));
    }

    @Test
    void whatATableHasByNowStays() throws IOException {
        String file = pipeline("sales.orders", "tables: {table: '*', drop: [n], rename: {cust: buyer}}\n");
        Table table = table("orders", FIRST_COLUMNS);
        bind(table, "1-3");

        assertThat(plan(file, record(LONG_ID, field("cust", "\"string\""), INT_N, note())))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        next.avsc as version 2 of orders-value

                        sales.orders: takes every value
                          add-column     buyer  - -> string           apply  default
                          add-column     note   - -> string           apply  default
                          make-optional  cust   required -> optional  apply  default
                          make-optional  n      required -> optional  apply  default

                        1 table takes every value
                        next: register it, then firn plan orders.yaml
                        """,
                        ""));
    }

    /** A job that runs would follow; the next one would not start. */
    @Test
    void aNameThatTheFileHasMayNotGo() throws IOException {
        String file = pipeline("[sales.orders, sales.fresh]", "tables: {table: '*', rename: {cust: buyer}}\n");
        table("orders", FIRST_COLUMNS);

        Cli.Answer answer = plan(file, NEXT);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .startsWith(
                        "orders.yaml:10:31: error[invalid-column-change]: the records have no column `cust` to rename")
                .endsWith("firn: with `next.avsc` the file would not plan any more\n");
    }

    /** Versions that nobody has written with say where a field was. */
    @Test
    void goesByAllVersionsOfTheSubject() throws IOException {
        String file = pipeline("sales.orders", "");
        table("orders", FIRST_COLUMNS);
        registry.register("orders-value", record(LONG_ID, aliased("customer", "cust"), INT_N));
        String again = record(LONG_ID, field("customer", "\"string\""), INT_N, field("cust", "\"int\""));

        assertThat(plan(file, again).out())
                .startsWith("next.avsc as version 3 of orders-value\n")
                .contains("  rename-column  customer  cust -> customer  apply  default\n"
                        + "  add-column     cust      - -> int          apply  default\n");
    }

    @Test
    void goesByWhatTheTableSaysOfFieldsThatWereWritten() throws IOException {
        String file = pipeline("sales.orders", "");
        Table table = table("orders", FIRST_COLUMNS);
        // Somebody has renamed the column, so a name does not tell any more.
        table.updateSchema().renameColumn("cust", "buyer").commit();
        bind(table, "1-3");

        assertThat(plan(file, record(LONG_ID, field("cust", "\"string\""), field("n", "\"long\""))))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        next.avsc as version 2 of orders-value

                        sales.orders: takes every value
                          widen-type  n  int -> long  apply  default

                        1 table takes every value
                        next: register it, then firn plan orders.yaml
                        """,
                        ""));
    }

    @Test
    void asksIcebergToo() throws IOException {
        String file = pipeline("sales.orders", evolution("{drop-column: apply}"));
        bind(table("orders", FIRST_COLUMNS, "cust"), "1-3");

        assertThat(plan(file, record(LONG_ID, INT_N)))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        next.avsc as version 2 of orders-value

                        sales.orders: takes none of its records; they go to quarantine
                          drop-column  cust  string -> -  apply  orders.yaml:11
                          table `sales.orders` can't follow the record's schema: Cannot find source column for partition
                          field: 1000: cust: identity(2)

                        1 table takes no record of it
                        next: firn plan --table sales.orders orders.yaml
                        """,
                        ""));
    }

    @Test
    void whatCanNotBeFollowedIsToldWithItsReason() throws IOException {
        String file = pipeline("sales.orders", evolution("exception"));
        table("orders", FIRST_COLUMNS);

        assertThat(plan(file, record(LONG_ID, field("cust", "\"string\""), field("n", "\"string\""))))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        next.avsc as version 2 of orders-value

                        sales.orders: the first record ends the job
                          incompatible  n  -  fail  orders.yaml:11 (exception)
                            it is string now, and the column is int

                        1 table takes no record of it
                        next: firn plan --table sales.orders orders.yaml
                        """,
                        ""));
    }

    @Test
    void theFileMustPlanWithItToo() throws IOException {
        String file = pipeline("sales.orders", "tables:\n  - {table: sales.orders, partition-by: cust}\n");
        table("orders", FIRST_COLUMNS);

        Cli.Answer answer = plan(file, record(LONG_ID, INT_N));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .startsWith("orders.yaml:11:41: error[partition-column-missing]")
                .endsWith("firn: with `next.avsc` the file would not plan any more\n");
        assertThat(plan(pipeline("sales.orders", "tables:\n  - {table: sales.orders, partition-by: x}\n"), NEXT)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void pointsAtTheCheckWhereTheRegistryWouldRefuse() throws IOException {
        String file = pipeline("sales.orders", "");
        table("orders", FIRST_COLUMNS);
        registry.level("BACKWARD");

        assertThat(plan(file, record(LONG_ID, field("cust", "\"string\""), INT_N, field("more", "\"int\""))))
                .isEqualTo(new Cli.Answer(
                        1,
                        """
                        next.avsc as version 2 of orders-value

                        sales.orders: takes every value
                          add-column  more  - -> int  apply  default

                        the registry would refuse it: its level for orders-value is backward
                        1 table takes every value
                        next: firn schema check --level backward next.avsc orders.yaml:orders
                        """,
                        ""));
        assertThat(plan(file, NEXT).exitCode()).isZero();
    }

    @Test
    void knowsWhatIsRegisteredAlready() throws IOException {
        String file = pipeline("sales.orders", "");
        table("orders", FIRST_COLUMNS);
        registry.register("orders-value", NEXT);

        assertThat(plan(file, FIRST.replace(" ", "  ")))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        next.avsc is version 1 of orders-value already

                        sales.orders: stays as it is, and takes every value

                        1 table takes every value
                        next: firn plan orders.yaml
                        """,
                        ""));
    }

    @Test
    void showsTablesThatValuesNameAndTopicsThatShareTheSubject() throws IOException {
        String file = pipeline("events.$by", "").replace("x", "x");
        Files.writeString(
                Path.of(file),
                Files.readString(Path.of(file))
                        .replace("topics: [orders]", "topics: [orders, refunds, other]")
                        .replace(
                                "{from: orders, to: events.$by}",
                                "{from: orders, by: cust, to: sales.$by}\n"
                                        + "  - {from: refunds, to: sales.refunds}\n"
                                        + "  - {from: other, to: sales.other}")
                        .replace("url: ", "subjects: {refunds: orders-value}, url: "));
        registry.register("other-value", record(LONG_ID));
        table("ada", FIRST_COLUMNS);

        assertThat(plan(
                        file,
                        record(LONG_ID, field("cust", "\"string\""), field("n", "\"long\"")),
                        "--topic",
                        "refunds"))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        next.avsc as version 2 of orders-value

                        sales.refunds: is not there; created with 3 columns
                          id    long    required
                          cust  string  required
                          n     long    required

                        sales.ada: takes every value
                          widen-type  n  int -> long  apply  default

                        sales.$by: tables of other values are created with 3 columns
                          id    long    required
                          cust  string  required
                          n     long    required

                        3 tables: 3 take every value
                        next: register it, then firn plan orders.yaml
                        """,
                        ""));
        assertThat(plan(file, NEXT))
                .isEqualTo(new Cli.Answer(
                        2,
                        "",
                        "firn: the streams of `orders.yaml` have several subjects; say which one is meant: one of"
                                + " `--subject orders-value`, `--subject other-value`\n"));
    }

    @Test
    void readsWhatTheFormatOfTheTopicReads() throws IOException {
        String file = pipeline("sales.orders", "");
        String text = Files.readString(Path.of(file));
        table("orders", FIRST_COLUMNS);

        Files.writeString(Path.of(file), text.replace("type: avro", "type: protobuf"));
        assertThat(plan(
                        file,
                        "syntax = \"proto3\"; message Order {int64 id = 1; string cust = 2; int32 n = 3; bool b = 4;}"))
                .isEqualTo(new Cli.Answer(
                        0,
                        """
                        next.avsc as version 2 of orders-value

                        sales.orders: takes every value
                          make-optional  id    required -> optional  apply  default
                          make-optional  cust  required -> optional  apply  default
                          make-optional  n     required -> optional  apply  default
                          add-column     b     - -> boolean          apply  default

                        1 table takes every value
                        next: register it, then firn plan orders.yaml
                        """,
                        ""));
        assertThat(plan(file, NEXT).exitCode()).isEqualTo(2);
        Files.writeString(Path.of(file), text.replace("type: avro", "type: json"));
        assertThat(plan(file, "{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"string\"}}}")
                        .out())
                .contains("incompatible");
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws IOException {
        String file = pipeline("sales.orders", "");

        assertThat(plan(file, "{\"type\": \"recrod\"}").exitCode()).isEqualTo(2);
        assertThat(plan(file, "{\"type\": \"recrod\"}").err()).startsWith("firn: `next.avsc` is not valid Avro: ");
        assertThat(local(firn(
                        "schema",
                        "plan",
                        "--schema",
                        folder.resolve("none.avsc").toString(),
                        file)))
                .isEqualTo(new Cli.Answer(2, "", "firn: there is no file `none.avsc`\n"));
        assertThat(plan(file, NEXT, "--topic", "ordres"))
                .isEqualTo(new Cli.Answer(
                        2, "", "firn: `orders.yaml` reads no stream `ordres`, but `orders`; did you mean `orders`?\n"));
        assertThat(plan(file, NEXT, "--subject", "orders-key"))
                .isEqualTo(new Cli.Answer(
                        2, "", "firn: `orders.yaml` reads no values of subject `orders-key`, but `orders-value`\n"));
        assertThat(plan(file, NEXT, "--subject", "orders-value", "--topic", "orders")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void saysThatTheOutsideIsAway() throws IOException {
        String file = pipeline("sales.orders", "");
        registry.close();
        Cli.Answer answer = plan(file, NEXT);

        assertThat(answer.exitCode()).isEqualTo(3);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).startsWith("firn: the registry at `").endsWith("there is no connection to it\n");
        Files.writeString(
                Path.of(file),
                Files.readString(Path.of(file))
                        .replaceAll("\\{type: hadoop.*}}", "{type: rest, uri: \"http://127.0.0.1:1\"}}"));
        assertThat(plan(file, NEXT).exitCode()).isEqualTo(3);
        assertThat(plan(file, NEXT).err()).contains("error[catalog-unreachable]");
    }

    /** The page shows this screen, and a build that asks for it. */
    @Test
    void isDocumented() throws IOException {
        String page = Files.readString(Path.of("../../docs/schema-plan.md"));
        String file = pipeline("[sales.orders, sales.copy, sales.fresh]", SEVERAL);
        table("orders", FIRST_COLUMNS);
        table("copy", FIRST_COLUMNS);
        Matcher command = Pattern.compile("run: firn/firn (.*) \\| tee -a").matcher(page);
        assertThat(command.find()).isTrue();
        List<String> arguments = Stream.of(command.group(1).split(" "))
                .map(word ->
                        word.endsWith(".avsc") ? folder.resolve("next.avsc").toString() : word)
                .map(word -> word.endsWith(".yaml") ? file : word)
                .toList();
        write("next.avsc", NEXT);

        Cli.Answer answer = local(firn(arguments.toArray(String[]::new)));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(page).contains("\n" + answer.out() + "```\n");
    }

    private static String evolution(String says) {
        return "tables:\n  - {table: \"*\", schema-evolution: " + says + "}\n";
    }

    private Cli.Answer plan(String file, String schema, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("schema", "plan", "--schema", write("next.avsc", schema)));
        arguments.addAll(List.of(more));
        arguments.add(file);
        return local(firn(arguments.toArray(String[]::new)));
    }

    /** As if called in the folder. */
    private Cli.Answer local(Cli.Answer answer) {
        return new Cli.Answer(
                answer.exitCode(),
                answer.out().replace(folder + "/", ""),
                answer.err().replace(folder + "/", ""));
    }

    /** All files of the lake with their sizes. */
    private String files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("lake"))) {
            return files.sorted()
                    .map(file -> file + " " + file.toFile().length())
                    .collect(Collectors.joining("\n"));
        }
    }

    private static void bind(Table table, String ids) {
        SortedMap<String, List<String>> none = new TreeMap<>();
        WriterSchema writer = WriterSchema.of(
                new TableSchema(List.of(
                        Column.required("id", Primitive.LONG),
                        Column.required("cust", Primitive.STRING),
                        Column.required("n", Primitive.INT))),
                none,
                none);
        table.updateProperties()
                .set("firn.shop.binding." + writer.fingerprint(), ids)
                .commit();
    }

    private String pipeline(String to, String tables) throws IOException {
        return write(
                "orders.yaml",
                """
                pipeline: {name: shop}
                source:
                  type: kafka
                  topics: [orders]
                  properties: {bootstrap.servers: "${env:NOBODY}"}
                  format: {type: avro, registry: {url: "REGISTRY"}}
                route:
                  - {from: orders, to: TO}
                sink: {type: iceberg, catalog: {type: hadoop, warehouse: "LAKE"}}
                """
                                .replace("REGISTRY", registry.url())
                                .replace("TO", to)
                                .replace("LAKE", lake())
                        + tables);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String lake() {
        return folder.resolve("lake").toAbsolutePath().toUri().toString();
    }

    private Table table(String name, Schema columns, String... partitions) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(columns);
        Stream.of(partitions).forEach(spec::identity);
        return new HadoopCatalog(new Configuration(), lake())
                .createTable(TableIdentifier.of("sales", name), columns, spec.build(), Map.of());
    }
}
