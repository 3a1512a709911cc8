package dev.firn.connector.iceberg;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.QuarantinedRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;

/**
 * The table of what was put back from quarantine, a row a record. The quarantine's own rows stay as they are: what is in both is
 * settled. It is committed in the same epoch as the rows that were made of the records, so it tells neither too many nor too few.
 */
final class ReplayedTable {

    static final String AT = "replayed_at";

    /** The quarantine's columns that say which of its rows is meant. */
    static final Set<String> KEY =
            Set.of("pipeline", "run", "source", "stream", "partition", "position", "incarnation", "table_name");

    /**
     * {@code replayed_at} when; {@code replay_run} by which run of the replay; {@code code} why it was in quarantine; the others are
     * those of its row there.
     */
    static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required(AT, Primitive.TIMESTAMPTZ),
            Column.required("replay_run", Primitive.LONG),
            Column.required("code", Primitive.STRING),
            Column.required("pipeline", Primitive.STRING),
            Column.required("run", Primitive.LONG),
            Column.required("source", Primitive.STRING),
            Column.required("stream", Primitive.STRING),
            Column.required("partition", Primitive.INT),
            Column.required("position", Primitive.LONG),
            Column.required("incarnation", Primitive.STRING),
            Column.optional("table_name", Primitive.STRING)));

    private ReplayedTable() {}

    static TableSpec spec(TableName name) {
        PartitionTransform byDay = new PartitionTransform(PartitionTransform.Kind.DAY, AT, 0);
        return new TableSpec(name, COLUMNS, List.of(byDay), new TreeMap<>());
    }

    /** The columns of a quarantine that a row of it is told apart by, as they have to be there. */
    static List<Column> keyColumns() {
        return COLUMNS.columns().stream()
                .filter(column -> KEY.contains(column.name()))
                .collect(Collectors.toUnmodifiableList());
    }

    /** Makes rows for the table as it is now. */
    static final class Rows {

        private final OwnTable table;
        private final long run;

        Rows(TargetTable target, long run) {
            this.table = new OwnTable(target.name(), COLUMNS, target.columns(), target.rows());
            this.run = run;
        }

        Record row(QuarantinedRow row, Instant now) {
            RawRecord record = row.record();
            return table.row(
                    now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                    run,
                    row.code(),
                    row.pipeline(),
                    row.run(),
                    record.split().source(),
                    record.split().stream(),
                    record.split().partition(),
                    record.position(),
                    record.split().incarnation(),
                    row.table().orElse(null));
        }
    }
}
