package dev.firn.tables.maintenance;

import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderComparators;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.SortedMerge;

/**
 * Writes the rows of one group of files anew, without those that are deleted. Where all files have the table's order, the new ones have
 * it too.
 *
 * @param table as it was when the group was planned
 */
record GroupRewrite(Table table, List<FileScanTask> group, long targetFileSize, Work work)
        implements Callable<GroupRewrite.Written> {

    private static final int ROWS_BETWEEN_LOOKS = 1000;

    /** The files that take the place of those of the group. */
    record Written(List<FileScanTask> group, List<DataFile> files) {}

    @Override
    public Written call() {
        Output output = new Output();
        try {
            LiveRows live = new LiveRows(table, new RememberedDeletes(table, work.deletesInMemory()));
            try (CloseableIterable<Record> rows = inOrder() ? merged(live) : oneByOne(live)) {
                output.write(rows);
            }
            return new Written(group, output.files);
        } catch (IOException | RuntimeException e) {
            output.abandon();
            throw e instanceof OutsideException told ? told : new OutsideException(String.valueOf(e.getMessage()), e);
        }
    }

    private CloseableIterable<Record> oneByOne(LiveRows live) {
        return CloseableIterable.concat(group.stream()
                .<CloseableIterable<Record>>map(task -> new OpenedLate(() -> live.of(task)))
                .toList());
    }

    private CloseableIterable<Record> merged(LiveRows live) {
        Comparator<StructLike> order = SortOrderComparators.forSchema(table.schema(), table.sortOrder());
        InternalRecordWrapper one = new InternalRecordWrapper(table.schema().asStruct());
        InternalRecordWrapper other = new InternalRecordWrapper(table.schema().asStruct());
        return new SortedMerge<>(
                (left, right) -> order.compare(one.wrap(left), other.wrap(right)),
                group.stream().map(live::of).toList());
    }

    /** Iceberg's generic reader hands out UUIDs that can't be compared. */
    private boolean inOrder() {
        SortOrder order = table.sortOrder();
        return order.isSorted()
                && order.fields().stream()
                        .noneMatch(field ->
                                table.schema().findType(field.sourceId()).typeId() == Type.TypeID.UUID)
                && group.stream()
                        .map(task -> task.file().sortOrderId())
                        .allMatch(id -> id != null && id == order.orderId());
    }

    /** Files of the group's partition, one after the other. */
    private final class Output {

        private final List<DataFile> files = new ArrayList<>();
        private final List<String> places = new ArrayList<>();
        private final PartitionSpec spec = group.get(0).spec();
        private final StructLike partition = group.get(0).file().partition();
        private final FileFormat format = FileFormat.fromString(table.properties()
                .getOrDefault(TableProperties.DEFAULT_FILE_FORMAT, TableProperties.DEFAULT_FILE_FORMAT_DEFAULT));
        private final GenericAppenderFactory appenders =
                new GenericAppenderFactory(table.schema(), spec).setAll(table.properties());
        private final OutputFileFactory factory = OutputFileFactory.builderFor(table, 0, 0)
                .format(format)
                .operationId("firn-maintenance-" + UUID.randomUUID())
                .build();

        void write(Iterable<Record> rows) throws IOException {
            DataWriter<Record> open = null;
            long count = 0;
            try {
                for (Record row : rows) {
                    if (open == null) {
                        open = open();
                    }
                    open.write(row);
                    count++;
                    if (count % ROWS_BETWEEN_LOOKS == 0 && open.length() >= targetFileSize) {
                        DataWriter<Record> full = open;
                        open = null;
                        close(full);
                    }
                }
                if (open != null) {
                    DataWriter<Record> last = open;
                    open = null;
                    close(last);
                }
            } finally {
                if (open != null) {
                    open.close();
                }
            }
        }

        private DataWriter<Record> open() {
            EncryptedOutputFile file =
                    spec.isPartitioned() ? factory.newOutputFile(spec, partition) : factory.newOutputFile();
            places.add(file.encryptingOutputFile().location());
            return new DataWriter<>(
                    appenders.newAppender(file, format),
                    format,
                    file.encryptingOutputFile().location(),
                    spec,
                    spec.isPartitioned() ? partition : null,
                    file.keyMetadata(),
                    inOrder() ? table.sortOrder() : SortOrder.unsorted());
        }

        private void close(DataWriter<Record> writer) throws IOException {
            writer.close();
            files.add(writer.toDataFile());
        }

        /** No commit knows of them; what can't be deleted is an orphan. */
        void abandon() {
            Discarded.files(table, places);
        }
    }
}
