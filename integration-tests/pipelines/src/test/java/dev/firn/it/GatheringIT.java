package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.ForeignTable;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

/** Two subtasks read four partitions of a topic; what is gathered comes into one file of both, against a real broker. */
class GatheringIT {

    private static final Schema ORDER = SchemaBuilder.record("Order")
            .fields()
            .optionalString("note")
            .requiredLong("id")
            .endRecord();

    private static final int RECORDS = 400;
    private static final int PARTITIONS = 4;

    @Test
    void aSmallTableAndEachGatheredPartitionGetOneFileACheckpoint() throws Exception {
        String topic = Stack.unique("gathered");
        Stack.running().createTopic(topic, PARTITIONS);
        Pipeline pipeline = Pipeline.of(
                Stack.unique("gathers"),
                List.of(topic),
                """
                route:
                  - {from: %s, to: [NAME.small, NAME.parted]}
                tables:
                  - table: "*.parted"
                    partition-by: bucket(id, 3)
                    properties: {write.distribution-mode: hash}
                """
                        .formatted(topic));
        Files.writeString(pipeline.file(), Files.readString(pipeline.file()).replace("NAME", pipeline.name()));
        try (Records records = new Records()) {
            for (int id = 0; id < RECORDS; id++) {
                byte[] value = records.framed(
                        topic,
                        new GenericRecordBuilder(ORDER)
                                .set("note", id % 3 == 0 ? null : "n".repeat(id % 7))
                                .set("id", (long) id)
                                .build());
                records.send(topic, id % PARTITIONS, value);
            }
            records.send(topic, 1, new byte[] {0, 0});
        }

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(ids(pipeline, "small"))
                .isEqualTo(IntStream.range(0, RECORDS).boxed().toList());
        assertThat(ids(pipeline, "parted"))
                .isEqualTo(IntStream.range(0, RECORDS).boxed().toList());
        assertThat(pipeline.rows(pipeline.quarantine(), "position", "code")).hasSize(2);
        for (List<String> files : addedFiles(pipeline, "small")) {
            assertThat(files).hasSize(1);
        }
        assertThat(addedFiles(pipeline, "parted")).isNotEmpty().allSatisfy(files -> assertThat(files)
                .doesNotHaveDuplicates()
                .isSubsetOf("id_bucket=0", "id_bucket=1", "id_bucket=2"));
    }

    private static List<Integer> ids(Pipeline pipeline, String table) {
        return pipeline.rows(pipeline.table(table), "id").stream()
                .map(row -> ((Long) row.get(0)).intValue())
                .sorted()
                .toList();
    }

    /** The partitions of the files that each snapshot has added. */
    private static List<List<String>> addedFiles(Pipeline pipeline, String name) {
        Table table = ForeignTable.catalog(Map.of(
                        "type",
                        "hadoop",
                        "warehouse",
                        pipeline.lakeFolder().toUri().toString()))
                .loadTable(TableIdentifier.of(pipeline.name(), name));
        List<List<String>> added = new ArrayList<>();
        for (Snapshot snapshot : table.snapshots()) {
            List<String> partitions = new ArrayList<>();
            for (DataFile file : snapshot.addedDataFiles(table.io())) {
                partitions.add(table.spec().partitionToPath(file.partition()));
            }
            added.add(partitions);
        }
        return added;
    }
}
