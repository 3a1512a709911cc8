package dev.firn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class FirnPipelineTest {

    private static final Path EXAMPLES = Path.of("../../examples");
    private static final Path ORDERS = EXAMPLES.resolve("rules/orders.yaml");
    private static final String PLACED = "2026-01-03T09:14:07Z";

    @RegisterExtension
    final FirnPipeline orders = FirnPipeline.of(ORDERS);

    private static Map<String, Object> order(long id, double amount, String region) {
        return Map.of("order_id", id, "placed_at", Instant.parse(PLACED), "amount", amount, "region", region);
    }

    @Test
    void whatIsGivenBecomesRowsInTheJobsWay() {
        orders.give("orders", order(1, 42.5, "EU"));

        assertThat(orders.tables()).containsExactly("sales.orders");
        assertThat(orders.rows("sales.orders")).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("order_id", 1L)
                .containsEntry("amount", new BigDecimal("42.50"))
                .containsEntry("placed_at", Instant.parse(PLACED).atOffset(ZoneOffset.UTC))
                .containsEntry("status", "NEW")
                .containsEntry("address", null));
        assertThat(orders.quarantined()).isEmpty();
    }

    @Test
    void whatARuleKeepsOutIsToldWithItsPlace() {
        orders.give("orders", order(1, 5, "EU"))
                .give("orders", order(2, -5, "EU"))
                .give("orders", order(3, 5, "TEST"));

        assertThat(orders.rows("sales.orders")).hasSize(1);
        assertThat(orders.quarantined()).singleElement().satisfies(record -> {
            assertThat(record.stream()).isEqualTo("orders");
            assertThat(record.offset()).isEqualTo(1);
            assertThat(record.table()).contains("sales.orders");
            assertThat(record.code()).isEqualTo("rule-broken");
            assertThat(record.rule()).isEqualTo(Optional.of("positive-amount"));
            assertThat(record.message()).contains("amount = -5.00");
        });
        assertThat(orders.leftOut("sales.orders")).isEqualTo(Map.of("where", 1L));
    }

    /** A producer's next schema, before it is registered anywhere. */
    @Test
    void aRecordInANewerSchemaBringsItsColumn() throws IOException {
        Schema newer = newer();

        orders.give("orders", order(1, 5, "EU"))
                .give("orders", avro(newer, 2, "SNOW10"))
                .give("orders", avro(newer, 3, null))
                .give("orders", order(4, 5, "EU"));

        assertThat(orders.rows("sales.orders"))
                .extracting(row -> row.get("order_id") + " " + row.get("voucher"))
                .containsExactly("1 null", "2 SNOW10", "3 null", "4 null");
        assertThat(orders.rows("sales.orders").get(0)).containsKey("voucher");
    }

    private static Schema newer() throws IOException {
        Schema known = new Schema.Parser()
                .parse(EXAMPLES.resolve("rules/schemas/orders-value.avsc").toFile());
        List<Schema.Field> fields = new ArrayList<>();
        known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field(
                "voucher",
                Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING)),
                null,
                Schema.Field.NULL_DEFAULT_VALUE));
        return Schema.createRecord(known.getName(), null, known.getNamespace(), false, fields);
    }

    private static GenericRecord avro(Schema schema, long id, @Nullable String voucher) {
        GenericRecordBuilder order = new GenericRecordBuilder(schema)
                .set("order_id", id)
                .set("placed_at", Instant.parse(PLACED).toEpochMilli() * 1000)
                .set("region", "EU")
                .set(
                        "amount",
                        new Conversions.DecimalConversion()
                                .toBytes(
                                        new BigDecimal("5.00"),
                                        schema.getField("amount").schema(),
                                        schema.getField("amount").schema().getLogicalType()))
                .set("voucher", voucher);
        GenericRecord built = order.build();
        assertThat(GenericData.get().validate(schema, built)).isTrue();
        return built;
    }

    @Test
    void keyTimestampAndHeadersAreGivenToo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("raw.yaml");
        Files.writeString(
                file,
                """
                pipeline: {name: raw}
                source:
                  type: kafka
                  topics: [lines]
                  properties: {bootstrap.servers: "localhost:9092"}
                  key: {type: long, column: number}
                  metadata: {timestamp: written_at, offset: place}
                  format: {type: raw, column: line}
                sink: {type: iceberg, catalog: {type: hadoop, warehouse: "file:///nowhere"}}
                """);
        try (FirnPipeline raw = FirnPipeline.of(file).open()) {
            raw.give(Given.to("kafka/lines")
                    .key(7L)
                    .value("one")
                    .at(Instant.parse(PLACED))
                    .header("trace", "4f1c"));

            assertThat(raw.rows("raw.lines").get(0).toString()).contains("number=7", "place=0", "2026-01-03T09:14:07");
        }
    }

    @Test
    void whatCanNotBeIsSaid() {
        assertThatThrownBy(() -> orders.give("order", order(1, 5, "EU")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reads no stream `order`")
                .hasMessageContaining("orders");
        assertThatThrownBy(() -> orders.give("orders", Map.of("order_id", "one")))
                .hasMessageStartingWith("no such record can be given to `orders`: ")
                .hasMessageContaining("order_id");
        assertThatThrownBy(() -> orders.give("orders", Map.of("order_id", new Object())))
                .hasMessageStartingWith("a value of java.lang.Object can't be given");
        assertThatThrownBy(() -> orders.rows("sales.refunds"))
                .hasMessage("no record can come to a table `sales.refunds`; the file has sales.orders");
        assertThatThrownBy(() -> FirnPipeline.of(ORDERS).tables()).hasMessageContaining("@RegisterExtension");
    }

    @Test
    void aWrongFileIsToldWithItsLines(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, Files.readString(ORDERS).replace("amount > 0", "amout > 0"));
        copySchemas(folder);

        assertThatThrownBy(() -> FirnPipeline.of(file).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't be tested")
                .hasMessageContaining("amout");
    }

    private static void copySchemas(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("schemas"));
        for (String name : List.of("pulled.json", "orders-value.avsc")) {
            Files.copy(
                    EXAMPLES.resolve("rules/schemas").resolve(name),
                    folder.resolve("schemas").resolve(name));
        }
    }

    @TestFactory
    Stream<DynamicTest> theTestsOfTheFile() {
        return FirnPipeline.testsIn(ORDERS);
    }

    @Test
    void aTestOfTheFileThatFailsShowsWhatIsDifferent(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("orders.yaml");
        Files.writeString(
                file, Files.readString(ORDERS).replace("filtered: {sales.orders: 2}", "filtered: {sales.orders: 3}"));
        copySchemas(folder);
        Path empty = folder.resolve("empty.yaml");
        Files.writeString(empty, Files.readString(ORDERS).split("tests:", -1)[0]);

        List<DynamicTest> tests = FirnPipeline.testsIn(file).toList();

        assertThat(tests).hasSize(8);
        assertThatCode(() -> tests.get(0).getExecutable().execute()).doesNotThrowAnyException();
        assertThatThrownBy(() -> tests.get(2).getExecutable().execute())
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("expected 3 filtered records, got 2");
        assertThatThrownBy(() -> FirnPipeline.testsIn(empty)).hasMessageContaining("has no `tests:`");
    }
}
