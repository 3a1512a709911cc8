package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.spi.schema.Column;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a file says of rows holds while schemas come and go: each record is a row, left out and counted, or in quarantine with its rule. */
class RulesIT {

    private static final Schema FIRST = schema().endRecord();
    private static final Schema WITH_REGION = schema().optionalString("region").endRecord();
    private static final Schema WITHOUT_REGION =
            schema().optionalString("coupon").endRecord();

    private static final String RULES =
            """
            tables:
              - table: "*"
                where: coalesce(region, 'EU') <> 'TEST'
                expect:
                  positive-amount: amount > 0
                  small-amount: {that: amount < 5000, otherwise: drop}
            """;

    private static final String SHAPE =
            """
            tables:
              - table: "*"
                where: coalesce(remark, '') <> 'TEST'
                set:
                  share: 100 / amount
                  label: concat(substring(_topic from 1 for 6), upper(remark))
                  town: concat(address.city, ' ', coalesce(address.zip, '-'))
                drop: [remark, _topic, address]
                rename: {client: customer_id}
                expect:
                  is-known: {that: customer_id <> 'nobody', otherwise: drop}
                partition-by: customer_id
                properties: {write.distribution-mode: hash}
            """;

    private static final String CANARY = "tweety7c41";
    private static final String SECRET = "sylvester93f0";

    private static final String HIDDEN =
            """
            tables:
              - table: "*"
                set: {share: 100 / amount}
                expect:
                  an-address: {column: email, regex: ".+@.+"}
                mask:
                  email: {as: hmac, secret: "${secret:mask}"}
                properties: {write.parquet.compression-codec: uncompressed}
            quarantine: {payload: none}
            """;

    private static SchemaBuilder.FieldAssembler<Schema> schema() {
        return SchemaBuilder.record("Payment").fields().requiredLong("id").optionalInt("amount");
    }

    @Test
    void eachRecordIsARowOrIsCountedOrLiesInQuarantineWithItsRule() throws Exception {
        String topic = Stack.unique("ruled");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(Stack.unique("rules"), List.of(topic), RULES);
        try (Records records = new Records()) {
            // The version of before comes first to a table that is made with the newest one's columns.
            records.framed(topic, payment(FIRST, 0, 1, null));
            send(records, topic, WITH_REGION, 1, 10, "EU");
            send(records, topic, FIRST, 2, 20, null);
            send(records, topic, WITH_REGION, 3, 30, "TEST");
            send(records, topic, WITH_REGION, 4, -40, "EU");
            send(records, topic, WITH_REGION, 5, -50, "TEST");
            send(records, topic, WITH_REGION, 6, 6_000, "EU");
            send(records, topic, WITH_REGION, 7, null, "EU");
            send(records, topic, FIRST, 8, -80, null);
        }
        JsonNode preview = preview(pipeline);
        Firn.Answer first = pipeline.run("--until-caught-up");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err() + first.out())
                .containsPattern("read +8 ")
                .containsPattern("written to Iceberg +3 ")
                .containsPattern("filtered by `where` +2 ")
                .containsPattern("dropped by rules +1 ")
                .containsPattern("quarantined +2 ");
        assertRows(pipeline, topic, "1 10 EU", "2 20 null", "7 null EU");
        assertQuarantined(pipeline, "3 rule-broken positive-amount", "7 rule-broken positive-amount");
        assertThat(preview.at("/tables/0/rows")).hasSize(3);
        assertThat(preview.path("left-out").toString())
                .contains("\"by\":\"where\",\"records\":2", "\"rule\":\"small-amount\",\"records\":1");
        assertThat(preview.at("/quarantined/0/rule").asText()).isEqualTo("positive-amount");

        try (Records records = new Records()) {
            send(records, topic, WITHOUT_REGION, 9, 90, null);
            send(records, topic, WITH_REGION, 10, 100, "EU");
        }
        Firn.Answer second = pipeline.run("--until-caught-up");
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertRows(pipeline, topic, "1 10 EU", "2 20 null", "7 null EU", "10 100 EU");
        assertQuarantined(
                pipeline, "3 rule-broken positive-amount", "7 rule-broken positive-amount", "8 expression-failed null");
        assertBalances(pipeline);

        assertIsPutBackOnceTheFileIsMended(pipeline, topic);
    }

    private static void assertIsPutBackOnceTheFileIsMended(Pipeline pipeline, String topic) throws IOException {
        String file = pipeline.file().toString();
        assertThat(Firn.run(pipeline.environment(), "quarantine", "stats", file).out())
                .contains(": 3 records wait")
                .containsPattern("rule-broken positive-amount +2 +0 ")
                .contains("firn replay --rule positive-amount ");
        Firn.Answer refused = Firn.run(pipeline.environment(), "replay", "--rule", "positive-amount", file);
        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(1);
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file())
                        .replace("amount > 0", "amount > -50")
                        .replace("    where: coalesce(region, 'EU') <> 'TEST'\n", ""));

        Firn.Answer ofTheRule = Firn.run(pipeline.environment(), "replay", "--rule", "positive-amount", file);
        Firn.Answer rest = Firn.run(pipeline.environment(), "replay", "--code", "expression-failed", file);

        assertThat(ofTheRule.out()).contains("1 record put back in 1 epoch, 1 refused again");
        assertThat(rest.exitCode()).as(rest.out() + rest.err()).isZero();
        assertRows(pipeline, topic, "1 10 EU", "2 20 null", "7 null EU", "10 100 EU", "4 -40 EU", "9 90 null");
        assertBalances(pipeline);
    }

    /** What the producer calls otherwise in each version is one column, what is dropped in one is dropped in all. */
    @Test
    void aTableHasTheColumnsThatTheFileMakesOfEveryVersions() throws Exception {
        Schema cust = customer("cust").optionalString("note").endRecord();
        Schema client = customer("client", "cust").optionalString("remark").endRecord();
        client.getField("remark").addAlias("note");
        Schema buyer = customer("buyer", "client").optionalString("remark").endRecord();
        String topic = Stack.unique("shaped");
        Stack.running().createTopic(topic, 2);
        Pipeline pipeline = Pipeline.of(Stack.unique("shape"), List.of(topic), SHAPE);
        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file()).replace("  format:", "  metadata: {topic: _topic}\n  format:")
                        + "quarantine: {payload: none}\n");
        try (Records records = new Records()) {
            records.framed(topic, shaped(cust, 0, "none", "none"));
            records.send(topic, records.framed(topic, shaped(client, 1, "ann", "secret")));
            records.send(topic, records.framed(topic, shaped(cust, 2, "bob", "secret")));
            records.send(topic, records.framed(topic, shaped(cust, 3, "cid", "TEST")));
            records.send(topic, records.framed(topic, shaped(client, 4, "nobody", "secret")));
            records.send(topic, records.framed(topic, shaped(client, 0, "ann", "no answer")));
        }
        JsonNode preview = preview(pipeline);
        Firn.Answer first = pipeline.run("--until-caught-up");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(preview.at("/tables/0/columns").toString())
                .contains("customer_id")
                .doesNotContain("client", "remark");
        assertThat(preview.at("/tables/0/rows").toString())
                .contains("ann", "bob", "shapedSECRET")
                .doesNotContain("secret");

        Files.writeString(
                pipeline.file(),
                Files.readString(pipeline.file())
                        .replace("rename: {client:", "rename: {buyer:")
                        .replace(
                                "    expect:\n",
                                "    expect:\n      an-old-one: {column: id, range: {max: 5}, otherwise: tag}\n"));
        try (Records records = new Records()) {
            records.send(topic, records.framed(topic, shaped(buyer, 5, "dan", "secret")));
            records.send(topic, records.framed(topic, shaped(cust, 6, "eve", "secret")));
            records.send(topic, records.framed(topic, shaped(buyer, 7, "fay", "TEST")));
        }
        Firn.Answer second = pipeline.run("--until-caught-up");

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(
                        pipeline
                                .rows(
                                        pipeline.table(topic),
                                        "id",
                                        "customer_id",
                                        "share",
                                        "label",
                                        "town",
                                        "_failed_rules")
                                .stream()
                                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" "))))
                .containsExactlyInAnyOrder(
                        "1 ann 100 shapedSECRET Rome 00100 null",
                        "2 bob 50 shapedSECRET Rome - null",
                        "5 dan 20 shapedSECRET Rome 00100 null",
                        "6 eve 16 shapedSECRET Rome - [an-old-one]");
        assertThat(pipeline.rows(pipeline.quarantine(), "code", "message"))
                .containsExactly(List.of("expression-failed", "`share` can't be computed: division by zero"));
        assertNothingOfTheRecordIsKept(pipeline);
        try (Lake lake = pipeline.lake()) {
            assertThat(lake.table(pipeline.table(topic)).orElseThrow().schema().columns())
                    .extracting(Column::name)
                    .containsExactly("id", "amount", "customer_id", "share", "label", "town", "_failed_rules");
        }
    }

    private static void assertNothingOfTheRecordIsKept(Pipeline pipeline) {
        assertThat(pipeline.rows(pipeline.quarantine(), "key", "value", "headers"))
                .containsExactly(Arrays.asList(null, null, List.of()));
        Firn.Answer refused =
                Firn.run(pipeline.environment(), "replay", pipeline.file().toString());
        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(1);
        assertThat((refused.out() + refused.err()).replaceAll("\\s+", " "))
                .contains(
                        "1 refused again",
                        "they are not kept with `payload: none`; `firn rewind` reads its topic again");
    }

    /** With a customer's name, whatever that is called, and an address, which has a zip where the name has been called otherwise. */
    private static SchemaBuilder.FieldAssembler<Schema> customer(String field, String... was) {
        SchemaBuilder.FieldAssembler<Schema> address =
                SchemaBuilder.record("Address").fields().optionalString("city");
        return schema().name("address")
                .type((was.length == 0 ? address : address.optionalString("zip")).endRecord())
                .noDefault()
                .name(field)
                .aliases(was)
                .type()
                .optional()
                .stringType();
    }

    private static org.apache.avro.generic.GenericRecord shaped(Schema schema, long id, String customer, String note) {
        GenericRecordBuilder address =
                new GenericRecordBuilder(schema.getField("address").schema()).set("city", "Rome");
        if (schema.getField("cust") == null) {
            address.set("zip", "00100");
        }
        return new GenericRecordBuilder(schema)
                .set("id", id)
                .set("amount", (int) id)
                .set("address", address.build())
                .set(schema.getFields().get(3), customer)
                .set(schema.getFields().get(4), note)
                .build();
    }

    @Test
    void aRuleThatEndsTheJobSaysWhichRecord() throws Exception {
        String topic = Stack.unique("strict");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("strict"),
                List.of(topic),
                "tables: {table: '*', expect: {positive-amount: {that: amount > 0, otherwise: fail}}}\n");
        try (Records records = new Records()) {
            send(records, topic, FIRST, 1, -1, null);
        }

        assertThat(preview(pipeline).at("/quarantined/0/rule").asText()).isEqualTo("positive-amount");

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isNotZero();
        assertThat(answer.err())
                .contains("`positive-amount` is broken: `amount > 0` is false for amount = -1")
                .contains(topic + "-0 @ 0")
                .doesNotContain("\tat ");
        assertThat(pipeline.rows(pipeline.table(topic), "id")).isEmpty();
    }

    /** Everything that a pipeline leaves behind or says: tables, quarantine, state, screens. */
    @Test
    void whatIsHiddenIsNowhereInClear() throws Exception {
        Schema email = schema().optionalString("email").endRecord();
        Schema contact = schema().name("contact")
                .aliases("email")
                .type()
                .optional()
                .stringType()
                .endRecord();
        String topic = Stack.unique("hidden");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(Stack.unique("hidden"), List.of(topic), HIDDEN);
        try (Records records = new Records()) {
            records.framed(topic, hidden(email, 0, CANARY));
            records.send(topic, records.framed(topic, hidden(email, 1, CANARY + "@firn.dev")));
            records.send(topic, records.framed(topic, hidden(email, 2, CANARY)));
            records.send(topic, records.framed(topic, hidden(email, 0, CANARY + "@firn.dev")));
        }
        List<Firn.Answer> said = new ArrayList<>();
        said.add(hiding(pipeline, "preview", "--from", "earliest"));
        said.add(hiding(pipeline, "run", "--until-caught-up"));
        Files.writeString(pipeline.file(), Files.readString(pipeline.file()).replace("email", "contact"));
        try (Records records = new Records()) {
            records.send(topic, records.framed(topic, hidden(contact, 3, CANARY + "@firn.dev")));
            records.send(topic, records.framed(topic, hidden(email, 4, CANARY + "@firn.dev")));
        }
        said.add(hiding(pipeline, "run", "--until-caught-up"));
        said.add(hiding(pipeline, "quarantine", "list"));
        said.add(hiding(pipeline, "plan", "--verbose"));

        assertThat(said).allSatisfy(answer -> assertThat(answer.exitCode())
                .as(answer.out() + answer.err())
                .isZero());
        List<String> tokens = pipeline.rows(pipeline.table(topic), "contact").stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
        assertThat(tokens).hasSize(3).allMatch(token -> token.matches("[0-9a-f]{64}"));
        assertThat(tokens.stream().distinct()).hasSize(1);
        assertThat(pipeline.rows(pipeline.quarantine(), "code", "rule", "message", "value").stream()
                        .map(String::valueOf))
                .hasSize(2)
                .anyMatch(row -> row.startsWith("[rule-broken, an-address, "))
                .anyMatch(row -> row.startsWith("[expression-failed, null, "))
                .noneMatch(row -> row.contains(CANARY));
        said.forEach(answer -> assertThat(answer.out() + answer.err()).doesNotContain(CANARY, SECRET));
        try (Stream<Path> files = Files.walk(pipeline.file().getParent())) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).anyMatch(file -> file.toString().endsWith(".parquet"));
            for (Path file : all) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(CANARY, SECRET);
            }
        }
    }

    private static Firn.Answer hiding(Pipeline pipeline, String... arguments) {
        Map<String, String> environment = new HashMap<>(pipeline.environment());
        environment.put("MASK", SECRET);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(pipeline.file().toString());
        return Firn.runAlone(environment, all.toArray(String[]::new));
    }

    private static org.apache.avro.generic.GenericRecord hidden(Schema schema, int amount, String address) {
        return new GenericRecordBuilder(schema)
                .set("id", (long) amount)
                .set("amount", amount)
                .set(schema.getFields().get(2), address)
                .build();
    }

    private static void assertRows(Pipeline pipeline, String topic, String... rows) {
        assertThat(pipeline.rows(pipeline.table(topic), "id", "amount", "region").stream()
                        .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2)))
                .containsExactlyInAnyOrder(rows);
    }

    private static void assertQuarantined(Pipeline pipeline, String... rows) {
        assertThat(pipeline.rows(pipeline.quarantine(), "position", "code", "rule").stream()
                        .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2)))
                .containsExactlyInAnyOrder(rows);
    }

    private static void assertBalances(Pipeline pipeline) {
        Firn.Answer audit = Firn.run(
                pipeline.environment(), "audit", "--recount", pipeline.file().toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
        assertThat(audit.out()).contains("filtered").contains("small-amount");
    }

    private static JsonNode preview(Pipeline pipeline) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("preview", "--from", "earliest", "--format", "json"));
        arguments.add(pipeline.file().toString());
        Firn.Answer answer = Firn.run(pipeline.environment(), arguments.toArray(String[]::new));
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return new ObjectMapper().readTree(answer.out());
    }

    private static void send(
            Records records, String topic, Schema schema, long id, @Nullable Integer amount, @Nullable String region)
            throws Exception {
        records.send(topic, records.framed(topic, payment(schema, id, amount, region)));
    }

    private static org.apache.avro.generic.GenericRecord payment(
            Schema schema, long id, @Nullable Integer amount, @Nullable String region) {
        GenericRecordBuilder payment =
                new GenericRecordBuilder(schema).set("id", id).set("amount", amount);
        if (schema.getField("region") != null) {
            payment.set("region", region);
        }
        return payment.build();
    }
}
