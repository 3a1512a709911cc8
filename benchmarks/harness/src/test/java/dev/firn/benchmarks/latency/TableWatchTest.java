package dev.firn.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.benchmarks.lake.Lake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the watcher of a table sees, against what was committed. */
@Timeout(60)
class TableWatchTest {

    private static final Schema EVENT =
            SchemaBuilder.record("Event").fields().requiredLong("id").endRecord();

    @TempDir
    private Path folder;

    @Test
    void seesEachSnapshotSoonAndTheRowsThatItAdded() throws Exception {
        Lake lake = new Lake(folder);
        List<long[]> committed = new ArrayList<>();
        TableWatch watch = TableWatch.start(() -> lake.table("watched", "events"));
        try (watch) {
            lake.create("watched", "events", EVENT, "", List.of());
            for (long first = 0; first < 9; first += 3) {
                long before = System.currentTimeMillis();
                append(lake.table("watched", "events"), first, first + 1, first + 2);
                committed.add(new long[] {before, System.currentTimeMillis()});
                while (watch.rows() < first + 3) {
                    Thread.onSpinWait();
                }
            }
        }

        assertThat(rows(watch))
                .containsExactlyInAnyOrder("0:0", "0:1", "0:2", "1:3", "1:4", "1:5", "2:6", "2:7", "2:8");
        for (int i = 0; i < committed.size(); i++) {
            assertThat(watch.sightings().get(i).visible())
                    .isBetween(committed.get(i)[0], committed.get(i)[1] + 5_000);
        }
    }

    @Test
    void seesSeveralSnapshotsThatCameBetweenTwoLooksInTheirOrder() throws Exception {
        Lake lake = new Lake(folder);
        lake.create("watched", "events", EVENT, "", List.of());
        for (long id = 0; id < 3; id++) {
            append(lake.table("watched", "events"), id);
        }
        TableWatch watch = TableWatch.start(() -> lake.table("watched", "events"));
        while (watch.rows() < 3) {
            Thread.onSpinWait();
        }
        watch.close();

        assertThat(rows(watch)).containsExactly("0:0", "1:1", "2:2");
    }

    @Test
    void percentilesAreRowsThatAreThere() {
        long[] hundred = new long[100];
        for (int i = 0; i < hundred.length; i++) {
            hundred[i] = 100L - i;
        }
        assertThat(Percentiles.of(hundred)).isEqualTo(new Percentiles(100, 50, 90, 99, 100));
        assertThat(Percentiles.of(new long[] {7})).isEqualTo(new Percentiles(1, 7, 7, 7, 7));
        assertThat(Percentiles.of(new long[0])).isEqualTo(new Percentiles(0, -1, -1, -1, -1));
    }

    private static List<String> rows(TableWatch watch) throws IOException {
        List<TableWatch.Sighting> sightings = watch.sightings();
        List<String> rows = new ArrayList<>();
        watch.read((id, sighting) -> rows.add(sightings.indexOf(sighting) + ":" + id));
        return rows;
    }

    private static void append(Table table, long... ids) throws IOException {
        DataWriter<GenericRecord> writer = Parquet.writeData(
                        table.io().newOutputFile(table.location() + "/data/" + ids[0] + ".parquet"))
                .forTable(table)
                .createWriterFunc(GenericParquetWriter::buildWriter)
                .build();
        for (long id : ids) {
            GenericRecord row = GenericRecord.create(table.schema());
            row.setField("id", id);
            writer.write(row);
        }
        writer.close();
        table.newFastAppend().appendFile(writer.toDataFile()).commit();
    }
}
