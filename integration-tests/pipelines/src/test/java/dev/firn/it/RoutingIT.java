package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
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
import org.junit.jupiter.api.Test;

/** A record that several tables get, against a real broker and registry. */
class RoutingIT {

    private static final Schema FIRST =
            SchemaBuilder.record("Order").fields().requiredLong("id").endRecord();
    private static final Schema SECOND = SchemaBuilder.record("Order")
            .fields()
            .requiredLong("id")
            .optionalString("coupon")
            .endRecord();

    @Test
    void eachTableOfAListGetsACopyAndARefusedCopyWaitsAlone() throws Exception {
        String topic = Stack.unique("fanned");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("fan_out"), List.of(topic), "route:\n  - {from: " + topic + ", to: TARGETS}\n");
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
                .containsExactly(List.of(1L, narrow, "schema-not-in-table"));
        assertThat(sums(pipeline))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "routed " + narrow, 2L, "routed " + wide, 2L, "copied ", 2L, "quarantined " + narrow, 1L));
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
