package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.AllTypes;
import dev.firn.it.testing.Canonical;
import dev.firn.it.testing.DuckDb;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Icebird;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.WrittenTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tables that Firn wrote, read by libraries that share no code with the one it writes with.
 *
 * <p>icebird finds the rows as any Iceberg reader must: by the hint, the metadata, the manifests. Its values are
 * JavaScript's, so it cuts some of them. DuckDB sees each value as it stands in the files, but knows no tables.
 */
@Tag("heavy")
class IndependentReadersIT {

    private static final OrdersVolume VOLUME = OrdersVolume.scaledTo(2_000);

    private static final Schema CUSTOMER = SchemaBuilder.record("Customer")
            .fields()
            .requiredLong("id")
            .requiredString("name")
            .requiredString("country")
            .endRecord();

    /** Beyond a double's 15 digits; bytes, taken for text; microseconds before 1970; an optional field in a struct. */
    private static final Set<String> BEYOND_ICEBIRD = Set.of("price", "huge", "raw", "instant_micros", "place");

    @Test
    void ordersByDayAndRefundsAreReadOnceAndWithTheirValues() throws Exception {
        Shop shop = Shop.byDay("read");
        shop.produce(VOLUME);
        shop.runUntilCaughtUp();
        shop.produce(VOLUME);
        shop.runUntilCaughtUp();
        shop.assertEveryRecordOnce(VOLUME, VOLUME);

        WrittenTable orders = WrittenTable.of(shop.pipeline(), shop.orders());
        assertThat(orders.partitions()).hasSize(10).startsWith("placed_at_day=2026-01-01");
        Icebird icebird = Icebird.installed();
        for (WrittenTable table : List.of(orders, WrittenTable.of(shop.pipeline(), shop.refunds()))) {
            assertThat(icebird.rows(table.folder())).containsExactlyInAnyOrderElementsOf(table.rows(Icebird::cut));
            assertThat(DuckDb.rows(table)).containsExactlyInAnyOrderElementsOf(table.rows(UnaryOperator.identity()));
        }
    }

    @Test
    void everyTypeIsReadWithItsValue() throws Exception {
        WrittenTable table = everything();

        assertThat(DuckDb.rows(table))
                .containsExactlyInAnyOrder(
                        canonical(AllTypes.expectedFull(), UnaryOperator.identity()),
                        canonical(AllTypes.expectedSparse(), UnaryOperator.identity()));
        assertThat(Icebird.installed().rows(table.folder()))
                .map(IndependentReadersIT::withinIcebird)
                .containsExactlyInAnyOrder(
                        withinIcebird(canonical(AllTypes.expectedFull(), Icebird::cut)),
                        withinIcebird(canonical(AllTypes.expectedSparse(), Icebird::cut)));
    }

    /** icebird applies deletes by the specification, and by no code of Iceberg's. */
    @Test
    void rowsThatReplaceEachOtherAreReadAsTheyAreLeft() throws Exception {
        String topic = Stack.unique("customers");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(
                        Stack.unique("replaced"),
                        List.of(topic),
                        "tables: [{table: \"*\", write: upsert, key: id, partition-by: country}]\n")
                .withSource("tombstones: delete")
                .withSource("key: {type: long, columns: none}");
        Map<Long, List<@Nullable Object>> newest = new TreeMap<>();
        Random random = new Random(7);
        for (int run = 0; run < 2; run++) {
            try (Records records = new Records()) {
                for (int record = 0; record < 300; record++) {
                    long id = random.nextInt(60);
                    if (random.nextInt(5) == 0) {
                        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(id).array();
                        records.send(topic, 0, key, null);
                        newest.remove(id);
                        continue;
                    }
                    String country = List.of("de", "fr", "it").get(random.nextInt(3));
                    String name = "v" + run + "-" + record;
                    records.send(
                            topic,
                            new GenericRecordBuilder(CUSTOMER)
                                    .set("id", id)
                                    .set("name", name)
                                    .set("country", country)
                                    .build());
                    newest.put(id, List.of(id, name, country));
                }
            }
            Firn.Answer answer = pipeline.run("--until-caught-up");
            assertThat(answer.exitCode()).as(answer.err()).isZero();
        }

        assertThat(Icebird.installed().rows(WrittenTable.of(pipeline, topic).folder()))
                .map(row -> row.values().stream().map(String::valueOf).toList())
                .containsExactlyInAnyOrderElementsOf(newest.values().stream()
                        .map(row -> row.stream().map(String::valueOf).toList())
                        .toList());
    }

    private static WrittenTable everything() throws IOException {
        String topic = Stack.unique("types");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(Stack.unique("typed"), List.of(topic), "");
        try (Records records = new Records()) {
            Stream.of(AllTypes.full(), AllTypes.sparse()).forEach(record -> records.send(topic, record));
        }
        Firn.Answer answer = pipeline.run("--until-caught-up");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return WrittenTable.of(pipeline, topic);
    }

    private static Map<String, @Nullable Object> canonical(
            Map<String, @Nullable Object> row, UnaryOperator<@Nullable Object> change) {
        Map<String, @Nullable Object> canonical = new LinkedHashMap<>();
        row.forEach((column, value) -> canonical.put(column, Canonical.value(change.apply(value))));
        return canonical;
    }

    private static Map<String, @Nullable Object> withinIcebird(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> within = new LinkedHashMap<>(row);
        within.keySet().removeAll(BEYOND_ICEBIRD);
        return within;
    }
}
