package dev.firn.connector.iceberg;

import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.sink.TableRecount.Faults;
import dev.firn.spi.sink.TableRecount.Files;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;

/** Counts the rows of one table as it was when it was loaded, file by file. */
final class TableCount {

    private static final List<String> FILE_COLUMNS = List.of(
            DataFile.CONTENT.name(),
            DataFile.FILE_PATH.name(),
            DataFile.FILE_FORMAT.name(),
            DataFile.RECORD_COUNT.name(),
            DataFile.FILE_SIZE.name());

    private final Table table;
    private final TableMarks marks;
    private final Outside outside;
    private final TableMetadata metadata;
    private final ForeignHistory history;

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /**
     * The names that {@link TargetTable} gives, and {@link HoldingArea} to copies: for files whose snapshot has expired
     * nothing else says whose they are.
     */
    private final Pattern ownName;

    TableCount(Table table, TableMarks marks, Outside outside) {
        this.table = table;
        this.marks = marks;
        this.outside = outside;
        this.metadata = LakeTables.operations(table).current();
        this.history = ForeignHistory.of(metadata, marks);
        String pipeline = Pattern.quote(marks.pipeline());
        this.ownName = Pattern.compile(".*/(\\d+-\\d+-" + pipeline + "-\\d+-" + UUID + "-|" + UUID + "-" + pipeline
                + "-\\d+-\\d+-\\d+-" + UUID + "\\.).*");
    }

    /** @param isQuarantine whether rows are also counted by their code */
    TableRecount count(TableRecount.Progress progress, boolean isQuarantine) {
        Snapshot head = metadata.currentSnapshot();
        if (head == null) {
            Files none = new Files(0, 0);
            return recount(none, none, Hidden.NONE, new Faults(0, List.of()), new TreeMap<>());
        }
        try (FileTally tally = new FileTally(new RowsInFile(table.io(), outside), files(head), progress)) {
            Deletes deletes = addFiles(head, tally);
            tally.finish();
            Files own = tally.of(FileTally.Owner.PIPELINE);
            Files others = tally.of(FileTally.Owner.SOMEBODY_ELSE);
            OptionalLong hidden = OptionalLong.of(0);
            SortedMap<String, Long> reasons = new TreeMap<>();
            if (tally.faults().count() > 0) {
                hidden = OptionalLong.empty();
            } else {
                if (deletes.some()) {
                    hidden = OptionalLong.of(own.rows() + others.rows() - readable(head));
                }
                if (isQuarantine) {
                    reasons = reasons(head);
                }
            }
            return recount(own, others, new Hidden(hidden, deletes.own()), tally.faults(), reasons);
        }
    }

    /** Whether a snapshot has delete files, and whether some of them are the pipeline's. */
    private record Deletes(boolean some, boolean own) {

        private static final Deletes NONE = new Deletes(false, false);

        private Deletes and(Deletes other) {
            return new Deletes(some || other.some, own || other.own);
        }
    }

    /** What delete files take away, and whether the pipeline is one of those who say so. */
    private record Hidden(OptionalLong rows, boolean own) {
        private static final Hidden NONE = new Hidden(OptionalLong.of(0), false);
    }

    private TableRecount recount(
            Files own, Files others, Hidden hidden, Faults faults, SortedMap<String, Long> reasons) {
        return new TableRecount(
                metadata.uuid(),
                readMarks(),
                own,
                others,
                hidden.rows(),
                hidden.own(),
                history.history(),
                faults,
                reasons);
    }

    private TableRecount.Marks readMarks() {
        try {
            return new TableRecount.Marks(marks.lastEpoch(metadata), "");
        } catch (CommitRefused refused) {
            return new TableRecount.Marks(0, String.valueOf(refused.getMessage()));
        }
    }

    /** As the snapshot itself says; only for whoever waits. */
    private static long files(Snapshot head) {
        return ForeignHistory.number(head.summary(), SnapshotSummary.TOTAL_DATA_FILES_PROP)
                + ForeignHistory.number(head.summary(), SnapshotSummary.TOTAL_DELETE_FILES_PROP);
    }

    private Deletes addFiles(Snapshot head, FileTally tally) {
        List<ManifestFile> data;
        List<ManifestFile> deletes;
        try {
            data = head.dataManifests(table.io());
            deletes = head.deleteManifests(table.io());
        } catch (NotFoundException gone) {
            tally.fault("`" + head.manifestListLocation() + "`, the list of the table's manifests, is gone");
            return Deletes.NONE;
        } catch (RuntimeException failure) {
            throw outside.failed("read the manifests of table `" + marks.table() + "`", failure);
        }
        for (ManifestFile manifest : data) {
            addDataFiles(manifest, tally);
        }
        Deletes found = Deletes.NONE;
        for (ManifestFile manifest : deletes) {
            found = found.and(addDeleteFiles(manifest, tally));
        }
        return found;
    }

    private void addDataFiles(ManifestFile manifest, FileTally tally) {
        try (ManifestReader<DataFile> files = ManifestFiles.read(manifest, table.io(), table.specs())) {
            for (DataFile file : files.select(FILE_COLUMNS)) {
                tally.add(file, owner(file));
            }
        } catch (NotFoundException gone) {
            tally.fault(isGone(manifest));
        } catch (IOException | RuntimeException e) {
            throw failed("read `" + manifest.path() + "`", e);
        }
    }

    private Deletes addDeleteFiles(ManifestFile manifest, FileTally tally) {
        Deletes found = Deletes.NONE;
        try (ManifestReader<DeleteFile> files = ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
            for (DeleteFile file : files.select(FILE_COLUMNS)) {
                found = found.and(new Deletes(true, owner(file) == FileTally.Owner.PIPELINE));
                tally.add(file);
            }
        } catch (NotFoundException gone) {
            tally.fault(isGone(manifest));
        } catch (IOException | RuntimeException e) {
            throw failed("read `" + manifest.path() + "`", e);
        }
        return found;
    }

    private static String isGone(ManifestFile manifest) {
        return "the manifest `" + manifest.path() + "` is gone, and with it what files it names";
    }

    private FileTally.Owner owner(ContentFile<?> file) {
        // Always 0 in tables of format version 1.
        long sequence = Objects.requireNonNullElse(file.fileSequenceNumber(), 0L);
        if (sequence > 0 && history.own().contains(sequence)) {
            return FileTally.Owner.PIPELINE;
        }
        if (sequence > 0 && history.foreign().contains(sequence)) {
            return FileTally.Owner.SOMEBODY_ELSE;
        }
        return ownName.matcher(file.path().toString()).matches()
                ? FileTally.Owner.PIPELINE
                : FileTally.Owner.SOMEBODY_ELSE;
    }

    private long readable(Snapshot head) {
        long[] rows = {0};
        read(head, List.of(cheapColumn()), row -> rows[0]++);
        return rows[0];
    }

    private String cheapColumn() {
        List<Types.NestedField> columns = table.schema().columns();
        return columns.stream()
                .filter(column -> column.type().isPrimitiveType())
                .findFirst()
                .orElse(columns.get(0))
                .name();
    }

    private SortedMap<String, Long> reasons(Snapshot head) {
        SortedMap<String, Long> reasons = new TreeMap<>();
        read(head, List.of("pipeline", "code"), row -> {
            if (marks.pipeline().equals(row.getField("pipeline"))) {
                reasons.merge(String.valueOf(row.getField("code")), 1L, Long::sum);
            }
        });
        return reasons;
    }

    private void read(Snapshot head, List<String> columns, Consumer<Record> each) {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .useSnapshot(head.snapshotId())
                .select(columns)
                .build()) {
            rows.forEach(each);
        } catch (IOException | RuntimeException e) {
            throw failed("read table `" + marks.table() + "`", e);
        }
    }

    private OutsideException failed(String what, Exception failure) {
        return failure instanceof OutsideException told ? told : outside.failed(what, failure);
    }
}
