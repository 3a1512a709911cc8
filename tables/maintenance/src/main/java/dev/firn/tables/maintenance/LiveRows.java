package dev.firn.tables.maintenance;

import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.data.DeleteFilter;
import org.apache.iceberg.data.DeleteLoader;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.avro.DataReader;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PartitionUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of data files that are not deleted, in the columns of the table's schema; behind them there may be more that deletes
 * are found by.
 *
 * @param deletes loads delete files, for all that read at the same time
 */
record LiveRows(Table table, DeleteLoader deletes) {

    /** Rows of one file in the order that they have in it. A file with other rows than the metadata says ends it with an exception. */
    CloseableIterable<Record> of(FileScanTask task) {
        Filter filter = new Filter(task);
        CloseableIterable<Record> all =
                CloseableIterable.combine(new CountedRows(task.file(), open(task, filter.requiredSchema())), () -> {});
        return filter.filter(all);
    }

    private CloseableIterable<Record> open(FileScanTask task, Schema columns) {
        DataFile file = task.file();
        InputFile input = table.io().newInputFile(file.path().toString());
        Map<Integer, ?> constants = PartitionUtil.constantsMap(task, IdentityPartitionConverters::convertConstant);
        NameMapping names = names();
        if (file.format() == FileFormat.AVRO) {
            Avro.ReadBuilder avro = Avro.read(input)
                    .project(columns)
                    .createReaderFunc((wanted, written) -> DataReader.create(wanted, written, constants));
            return (names == null ? avro : avro.withNameMapping(names)).build();
        }
        Parquet.ReadBuilder parquet = Parquet.read(input)
                .project(columns)
                .createReaderFunc(written -> GenericParquetReaders.buildReader(columns, written, constants));
        return (names == null ? parquet : parquet.withNameMapping(names)).build();
    }

    /** For files of somebody who has not written ids into them. */
    private @Nullable NameMapping names() {
        String json = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
        return json == null ? null : NameMappingParser.fromJson(json);
    }

    /** As Iceberg's generic readers filter. */
    private final class Filter extends DeleteFilter<Record> {

        private final InternalRecordWrapper wrapper;

        Filter(FileScanTask task) {
            super(task.file().path().toString(), task.deletes(), table.schema(), table.schema());
            this.wrapper = new InternalRecordWrapper(requiredSchema().asStruct());
        }

        @Override
        protected StructLike asStructLike(Record record) {
            return wrapper.wrap(record);
        }

        @Override
        protected InputFile getInputFile(String location) {
            return table.io().newInputFile(location);
        }

        @Override
        protected DeleteLoader newDeleteLoader() {
            return deletes;
        }
    }
}
