package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.ForeignTable;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.sink.Lake;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

/** A record that several tables get, and one whose value names its table, against a real broker and registry. */
class RoutingIT {

    private static final Schema FIRST =
            SchemaBuilder.record("Order").fields().requiredLong("id").endRecord();
    private static final Schema SECOND = SchemaBuilder.record("Order")
            .fields()
            .requiredLong("id")
            .optionalString("coupon")
            .endRecord();

    private static final Schema EVENT =
            SchemaBuilder.record("Event").fields().optionalString("type").endRecord();

    @Test
    void eachTableOfAListGetsACopyAndARefusedCopyWaitsAlone() throws Exception {
        String topic = Stack.unique("fanned");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("fan_out"),
                List.of(topic),
                """
                route:
                  - {from: %s, to: TARGETS}
                tables:
                  - {table: "*.narrow", schema-evolution: {add-column: quarantine}}
                """
                        .formatted(topic));
        String file = Files.readString(pipeline.file());
        String narrow = pipeline.table("narrow").full();
        String wide = pipeline.table("wide").full();
        try (Records records = new Records()) {
            records.send(topic, new GenericRecordBuilder(FIRST).set("id", 1L).build());
            Files.writeString(pipeline.file(), file.replace("TARGETS", narrow));
            assertThat(pipeline.run("--until-caught-up").exitCode()).isZero();
            records.send(
                    topic,
                    new GenericRecordBuilder(SECOND)
                            .set("id", 2L)
                            .set("coupon", "SNOW10")
                            .build());
            records.send(topic, new GenericRecordBuilder(FIRST).set("id", 3L).build());
        }
        Files.writeString(pipeline.file(), file.replace("TARGETS", "[" + narrow + ", " + wide + "]"));

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out() + answer.err()).contains("copies");
        assertThat(pipeline.rows(pipeline.table("wide"), "id")).containsExactlyInAnyOrder(List.of(2L), List.of(3L));
        assertThat(pipeline.rows(pipeline.table("narrow"), "id")).containsExactlyInAnyOrder(List.of(1L), List.of(3L));
        assertThat(pipeline.rows(pipeline.quarantine(), "position", "table_name", "code"))
                .containsExactly(List.of(1L, narrow, "schema-change-refused"));
        assertThat(sums(pipeline))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "routed " + narrow, 2L, "routed " + wide, 2L, "copied ", 2L, "quarantined " + narrow, 1L));
    }

    @Test
    void eachValueGetsATableOfItsOwnWhileTheJobRuns() throws Exception {
        String topic = Stack.unique("events");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("by_value"),
                List.of(topic),
                """
                route:
                  - {from: %s, by: type, to: [NAME.all, NAME.of_$by], max-tables: 3}
                tables:
                  - {table: "*.of_click*", partition-by: "truncate(type, 2)", sort-by: type desc}
                """
                        .formatted(topic));
        Files.writeString(pipeline.file(), Files.readString(pipeline.file()).replace("NAME", pipeline.name()));
        try (Records records = new Records()) {
            for (String type : List.of("click", "view", "click", "page-view", "page_view", "scroll", "")) {
                records.send(
                        topic, new GenericRecordBuilder(EVENT).set("type", type).build());
            }
            records.send(
                    topic, new GenericRecordBuilder(EVENT).set("type", null).build());
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out() + answer.err())
                .contains("plan: a table for each `type`, " + pipeline.name() + ".of_$by, at most 3 (1 column)");
        try (Lake lake = pipeline.lake()) {
            assertThat(lake.tables(pipeline.name()))
                    .containsExactlyInAnyOrder(
                            pipeline.table("all"),
                            pipeline.table("of_click"),
                            pipeline.table("of_view"),
                            pipeline.table("of_page_view"),
                            pipeline.table("firn_ledger"),
                            pipeline.quarantine());
            assertThat(lake.table(pipeline.table("of_click")).orElseThrow().partitioning())
                    .hasToString("[truncate(type, 2)]");
            assertThat(lake.table(pipeline.table("of_click")).orElseThrow().sortedBy())
                    .containsExactly("type desc");
        }
        assertThat(pipeline.rows(pipeline.table("of_click"), "type"))
                .containsExactly(List.of("click"), List.of("click"));
        assertThat(pipeline.rows(pipeline.table("of_page_view"), "type")).containsExactly(List.of("page-view"));
        assertThat(pipeline.rows(pipeline.quarantine(), "position", "code"))
                .containsExactlyInAnyOrder(
                        List.of(4L, "table-name-taken"),
                        List.of(5L, "too-many-tables"),
                        List.of(6L, "unrouted"),
                        List.of(7L, "unrouted"));
        assertThat(sums(pipeline))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "routed " + pipeline.table("all"),
                        8L,
                        "routed " + pipeline.table("of_click"),
                        2L,
                        "routed " + pipeline.table("of_page_view"),
                        1L,
                        "routed " + pipeline.table("of_view"),
                        1L,
                        "copied ",
                        8L,
                        "quarantined ",
                        4L));

        try (Records records = new Records()) {
            records.send(
                    topic, new GenericRecordBuilder(EVENT).set("type", "view").build());
        }
        assertThat(pipeline.run("--until-caught-up").exitCode()).isZero();
        assertThat(pipeline.rows(pipeline.table("of_view"), "type")).hasSize(2);

        foreign(pipeline, "of_view").makeAnew();
        Firn.Answer refused = pipeline.run("--until-caught-up");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err())
                .contains("firn: table `" + pipeline.table("of_view") + "` was dropped and made anew: the ledger `");
    }

    private static ForeignTable foreign(Pipeline pipeline, String table) {
        return new ForeignTable(
                ForeignTable.catalog(Map.of(
                        "type",
                        "hadoop",
                        "warehouse",
                        pipeline.lakeFolder().toUri().toString())),
                TableIdentifier.of(pipeline.name(), table));
    }

    /** The ledger's outcomes of all epochs. */
    private static Map<String, Long> sums(Pipeline pipeline) {
        try (Lake lake = pipeline.lake()) {
            return lake.ledger().since(0).stream()
                    .map(Epoch::outcomes)
                    .flatMap(List::stream)
                    .collect(Collectors.groupingBy(
                            count -> count.outcome().word() + " " + count.table(),
                            Collectors.summingLong(OutcomeCount::records)));
        }
    }
}
