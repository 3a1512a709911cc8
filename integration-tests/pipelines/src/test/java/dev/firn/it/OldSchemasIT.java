package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records of an older version of a subject, in tables that are made of its newest one. */
class OldSchemasIT {

    private static final int RECORDS = 20;

    private static final Schema OLD = SchemaBuilder.record("Order")
            .fields()
            .requiredLong("id")
            .requiredString("cust")
            .requiredInt("amount")
            .endRecord();

    private static final Schema NEW = SchemaBuilder.record("Order")
            .fields()
            .requiredLong("id")
            .name("customer")
            .aliases("cust")
            .type()
            .stringType()
            .noDefault()
            .name("amount")
            .type()
            .unionOf()
            .stringType()
            .and()
            .longType()
            .endUnion()
            .noDefault()
            .name("region")
            .type()
            .stringType()
            .stringDefault("eu")
            .endRecord();

    /** The table of all is gathered by a column that old records lack, and another is named by it. */
    @Test
    void areReadAsTheNewestSchemaSays() throws Exception {
        String topic = Stack.unique("old_orders");
        Stack.running().createTopic(topic, 3);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("old_schemas"),
                List.of(topic),
                """
                route:
                  - {from: %s, by: region, to: [NAME.all, NAME.in_$by]}
                tables:
                  - {table: NAME.all, partition-by: region, properties: {write.distribution-mode: hash}}
                """
                        .formatted(topic));
        Files.writeString(pipeline.file(), Files.readString(pipeline.file()).replace("NAME", pipeline.name()));
        List<String> european = new ArrayList<>();
        List<String> american = new ArrayList<>();
        try (Records records = new Records()) {
            for (int i = 0; i < RECORDS; i++) {
                records.send(
                        topic,
                        new GenericRecordBuilder(OLD)
                                .set("id", (long) i)
                                .set("cust", "c" + i)
                                .set("amount", i)
                                .build());
                european.add("[" + i + ", c" + i + ", Record(null, " + i + "), eu]");
                records.send(
                        topic,
                        new GenericRecordBuilder(NEW)
                                .set("id", 100L + i)
                                .set("customer", "d" + i)
                                .set("amount", "twenty")
                                .set("region", "us")
                                .build());
                american.add("[" + (100 + i) + ", d" + i + ", Record(twenty, null), us]");
            }
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        List<String> all = new ArrayList<>(european);
        all.addAll(american);
        assertThat(rows(pipeline, "all")).containsExactlyInAnyOrderElementsOf(all);
        assertThat(rows(pipeline, "in_eu")).containsExactlyInAnyOrderElementsOf(european);
        assertThat(rows(pipeline, "in_us")).containsExactlyInAnyOrderElementsOf(american);
    }

    private static List<String> rows(Pipeline pipeline, String table) {
        return pipeline.rows(pipeline.table(table), "id", "customer", "amount", "region").stream()
                .map(row -> row.stream().map(OldSchemasIT::text).toList().toString())
                .toList();
    }

    private static String text(@Nullable Object value) {
        return value instanceof Record struct
                ? "Record(" + struct.get(0) + ", " + struct.get(1) + ")"
                : String.valueOf(value);
    }
}
