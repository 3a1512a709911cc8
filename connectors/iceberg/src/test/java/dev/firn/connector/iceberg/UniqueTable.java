package dev.firn.connector.iceberg;

import dev.firn.connector.iceberg.ListedRows.Fields;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.KeptBytes;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.OwnedKeys;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.UniqueRows;
import dev.firn.spi.sink.UniqueTables;
import dev.firn.spi.sink.WriterSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A table of events that come twice, as tests write and read it: an id, its time, and where it was read. */
final class UniqueTable {

    static final TableName NAME = new TableName("sales.events");

    static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required("id", Primitive.LONG),
            Column.required("at", Primitive.TIMESTAMPTZ),
            Column.required("n", Primitive.LONG)));

    /** Plenty for what tests write. */
    static final long ROOM = 1 << 20;

    private UniqueTable() {}

    /** @param seconds behind the first of January 2024 */
    record Event(long id, long seconds, long n) {

        private Fields fields() {
            return new Fields(
                    id, Instant.ofEpochSecond(1_704_067_200L + seconds).atOffset(ZoneOffset.UTC), n);
        }
    }

    static UniqueTables within(Duration span, long memory) {
        return table ->
                table.equals(NAME) ? Optional.of(new UniqueRows(List.of("id"), "at", span, memory)) : Optional.empty();
    }

    static TableWriters writers(Lake lake, UniqueTables unique) {
        return writers(lake, 0, unique, OwnedKeys.ALL);
    }

    static TableWriters writers(Lake lake, int subtask, UniqueTables unique, OwnedKeys owned) {
        return lake.writers(
                new WriterSettings(1, subtask, 0, 1, 1, RowKeys.NONE, KeptBytes.RAW, unique, owned),
                Optional.of(ByNames.applyingAll()));
    }

    static ListedRows rows(Event... events) {
        return new ListedRows(
                List.of("id", "at", "n"), Stream.of(events).map(Event::fields).toList());
    }

    static List<Optional<NoRow>> write(TableWriters writers, Event... events) {
        ListedRows rows = rows(events);
        return writers.write(NAME, rows, ListedRows.SCHEMA_ID, rows.records());
    }

    static void commit(Lake lake, long epoch, TableWriters writers) {
        lake.commit(NAME, List.of(new StagedEpoch(1, epoch, writers.stage())));
    }

    /** The places at which the rows of the table were read, sorted. */
    static List<Long> places(TestLake lake) {
        return lake.rows(NAME).stream()
                .map(row -> (Long) row.getField("n"))
                .sorted()
                .toList();
    }
}
