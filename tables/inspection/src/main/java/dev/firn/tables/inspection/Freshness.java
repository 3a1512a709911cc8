package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.PipelineCommit;
import dev.firn.spi.inspection.InspectedCatalog.UnknownColumn;
import dev.firn.spi.inspection.TableFreshness;
import dev.firn.spi.schema.TableName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;

/** Finds out how old a table's news is, by its snapshots and by what files say of the greatest values in them. */
record Freshness(TableName name, Table table) {

    TableFreshness of(Optional<String> asked) {
        Optional<Types.NestedField> column = asked.map(this::named).or(this::partitionedBy);
        Optional<Snapshot> last = Optional.empty();
        Optional<Snapshot> oldest = Optional.empty();
        Snapshot now = table.currentSnapshot();
        if (now != null) {
            for (Snapshot at : SnapshotUtil.ancestorsOf(now.snapshotId(), table::snapshot)) {
                oldest = Optional.of(at);
                if (isNews(at)) {
                    last = oldest;
                    break;
                }
            }
        }
        return new TableFreshness(
                name,
                last.map(Freshness::time),
                last.isPresent()
                        ? Optional.empty()
                        : oldest.filter(at -> at.parentId() != null).map(Freshness::time),
                column.map(field -> String.valueOf(table.schema().findColumnName(field.fieldId()))),
                column.flatMap(this::newest));
    }

    private static Instant time(Snapshot at) {
        return Instant.ofEpochMilli(at.timestampMillis());
    }

    /**
     * Upkeep writes files anew, others delete rows, some commit nothing at all: none of that brings a row. What a pipeline commits
     * has been read from its source, also where all of it are deletes, but for a rewind.
     */
    private static boolean isNews(Snapshot at) {
        Optional<PipelineCommit> by = PipelineCommit.of(at);
        if (by.isPresent()) {
            return by.get().rewoundTo().isEmpty();
        }
        if (DataOperations.REPLACE.equals(at.operation()) || DataOperations.DELETE.equals(at.operation())) {
            return false;
        }
        // Who writes totals writes what was added where it is more than nothing.
        return Commits.figure(at, SnapshotSummary.ADDED_RECORDS_PROP) > 0
                || at.summary() == null
                || !at.summary().containsKey(SnapshotSummary.TOTAL_RECORDS_PROP);
    }

    private Types.NestedField named(String column) {
        Types.NestedField field = table.schema().findField(column);
        if (field == null) {
            throw new UnknownColumn("table `" + name + "` has no column `" + column + "`");
        }
        if (field.type().typeId() != Type.TypeID.TIMESTAMP) {
            throw new UnknownColumn(
                    "column `" + column + "` of table `" + name + "` is no timestamp, but " + field.type());
        }
        return field;
    }

    private Optional<Types.NestedField> partitionedBy() {
        for (PartitionField field : table.spec().fields()) {
            Types.NestedField source = table.schema().findField(field.sourceId());
            if (source != null && source.type().typeId() == Type.TypeID.TIMESTAMP) {
                return Optional.of(source);
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> newest(Types.NestedField column) {
        Snapshot now = table.currentSnapshot();
        AtomicReference<Instant> newest = new AtomicReference<>();
        if (now != null) {
            LiveFiles.of(table).each(now, file -> {
                ByteBuffer bound = file.content() != FileContent.DATA || file.upperBounds() == null
                        ? null
                        : file.upperBounds().get(column.fieldId());
                if (bound != null) {
                    Long micros = Conversions.fromByteBuffer(column.type(), bound);
                    Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
                    newest.accumulateAndGet(at, (one, other) -> one == null || one.isBefore(other) ? other : one);
                }
            });
        }
        return Optional.ofNullable(newest.get());
    }
}
