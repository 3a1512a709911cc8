package dev.firn.benchmarks.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.EncryptionUtil;
import org.apache.iceberg.io.DataWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {

    private static final Schema ORDER = SchemaBuilder.record("Order")
            .fields()
            .requiredLong("order_id")
            .requiredString("status")
            .endRecord();

    @TempDir
    private Path folder;

    private Lake lake;

    @BeforeEach
    void makeLake() {
        lake = new Lake(folder);
    }

    @Test
    void findsTheSameContentsWhereverInItsFileARowThatIsLeftStands() throws IOException {
        // What upserts of FlinkSink leave: a checkpoint that ends earlier or later puts a row elsewhere in its file.
        Table late = table("late");
        deleteFirst(late, append(late, row(late, 1, "old"), row(late, 1, "new")));
        Table later = table("later");
        deleteFirst(later, append(later, row(later, 7, "old"), row(later, 2, "gone"), row(later, 1, "new")));
        later.newRowDelta().addDeletes(positions(later, onlyFile(later), 1)).commit();
        Table plain = table("plain");
        append(plain, row(plain, 1, "new"));

        assertThat(lake.contents("lake", "late"))
                .isEqualTo(lake.contents("lake", "later"))
                .isEqualTo(lake.contents("lake", "plain"))
                .satisfies(contents -> assertThat(contents.rows()).isOne());
    }

    @Test
    void findsOtherContentsWhereAnOlderRowIsLeft() throws IOException {
        Table older = table("older");
        append(older, row(older, 1, "old"));
        Table newer = table("newer");
        append(newer, row(newer, 1, "new"));

        assertThat(lake.contents("lake", "older")).isNotEqualTo(lake.contents("lake", "newer"));
    }

    private Table table(String name) {
        lake.create("lake", name, ORDER, "", List.of("order_id"));
        return lake.table("lake", name);
    }

    private static Record row(Table table, long order, String status) {
        Record row = GenericRecord.create(table.schema());
        row.setField("order_id", order);
        row.setField("status", status);
        return row;
    }

    private static String append(Table table, Record... rows) throws IOException {
        DataWriter<Record> writer = factory(table).newDataWriter(file(table), FileFormat.PARQUET, unpartitioned(table));
        try (writer) {
            writer.write(List.of(rows));
        }
        table.newAppend().appendFile(writer.toDataFile()).commit();
        return writer.toDataFile().path().toString();
    }

    private static void deleteFirst(Table table, String path) throws IOException {
        table.newRowDelta().addDeletes(positions(table, path, 0)).commit();
    }

    private static DeleteFile positions(Table table, String path, long position) throws IOException {
        PositionDeleteWriter<Record> writer =
                factory(table).newPosDeleteWriter(file(table), FileFormat.PARQUET, unpartitioned(table));
        try (writer) {
            writer.write(PositionDelete.<Record>create().set(path, position, null));
        }
        return writer.toDeleteFile();
    }

    private static String onlyFile(Table table) throws IOException {
        try (var tasks = table.newScan().planFiles()) {
            return tasks.iterator().next().file().path().toString();
        }
    }

    private static GenericAppenderFactory factory(Table table) {
        return new GenericAppenderFactory(table.schema(), table.spec());
    }

    private static PartitionKey unpartitioned(Table table) {
        return new PartitionKey(table.spec(), table.schema());
    }

    private static EncryptedOutputFile file(Table table) {
        return EncryptionUtil.plainAsEncryptedOutput(
                table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".parquet"));
    }
}
