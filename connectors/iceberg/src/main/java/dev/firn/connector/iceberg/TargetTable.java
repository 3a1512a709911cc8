package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.WriterSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.PartitionedFanoutWriter;
import org.apache.iceberg.io.TaskWriter;
import org.apache.iceberg.io.UnpartitionedWriter;
import org.apache.iceberg.util.PropertyUtil;

/**
 * All that is needed to write to a table as it was when it was loaded. It does not keep the loaded table: that holds
 * every snapshot, which is megabytes, and a job may have hundreds of tables.
 */
final class TargetTable {

    /** What a file holds in memory before it is written out; Iceberg's 128 MiB is for jobs with few open files. */
    private static final String ROW_GROUP_BYTES = Integer.toString(64 << 20);

    /** Iceberg looks at the size for the first time after 100 rows, too late where a row is megabytes. */
    private static final String ROWS_UNTIL_SIZE_IS_CHECKED = "10";

    private final TableName name;
    private final String incarnation;
    private final int schemaId;
    private final TableSchema columns;
    private final RowFactory rows;
    private final Schema schema;
    private final PartitionSpec spec;
    private final FileIO io;
    private final FileFormat format;
    private final long targetFileSize;
    private final GenericAppenderFactory appenders;
    private final OutputFileFactory files;
    private final String manifestPrefix;
    private final String manifestPrefixBesideData;

    TargetTable(TableName name, Table table, String pipeline, WriterSettings settings) {
        Map<String, String> properties = new HashMap<>(table.properties());
        properties.putIfAbsent(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, ROW_GROUP_BYTES);
        properties.putIfAbsent(TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, ROWS_UNTIL_SIZE_IS_CHECKED);
        this.name = name;
        this.incarnation = LakeTables.operations(table).current().uuid();
        this.schema = table.schema();
        this.schemaId = schema.schemaId();
        this.columns = IcebergTypes.columns(name.full(), schema);
        this.spec = table.spec();
        this.io = table.io();
        this.format = DataFileFormat.of(name, properties);
        this.rows = new RowFactory(columns, schema, format);
        this.targetFileSize = PropertyUtil.propertyAsLong(
                properties,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
        this.appenders = new GenericAppenderFactory(schema, spec).setAll(properties);
        String operation = pipeline + "-" + settings.run() + "-" + UUID.randomUUID();
        FileIO files = io;
        this.files = OutputFileFactory.builderFor(table, settings.subtask(), settings.attempt())
                .operationId(operation)
                .format(format)
                .ioSupplier(() -> files)
                .build();
        String manifest = "firn-" + pipeline + "-" + settings.run() + "-" + settings.subtask() + "-";
        this.manifestPrefix = LakeTables.operations(table).metadataFileLocation(manifest);
        this.manifestPrefixBesideData = table.locationProvider().newDataLocation(manifest);
    }

    TableName name() {
        return name;
    }

    String incarnation() {
        return incarnation;
    }

    TableSchema columns() {
        return columns;
    }

    RowFactory rows() {
        return rows;
    }

    PartitionSpec spec() {
        return spec;
    }

    FileIO io() {
        return io;
    }

    /** Whether rows made for the one fit the other. */
    boolean hasSchemaOf(TargetTable other) {
        return incarnation.equals(other.incarnation) && schemaId == other.schemaId;
    }

    /** A place for a manifest that nobody else has, in the folder of the table's metadata. */
    OutputFile newManifest() {
        return io.newOutputFile(FileFormat.AVRO.addExtension(manifestPrefix + UUID.randomUUID()));
    }

    /** The same where data files are. */
    OutputFile newManifestBesideData() {
        return io.newOutputFile(FileFormat.AVRO.addExtension(manifestPrefixBesideData + UUID.randomUUID()));
    }

    TaskWriter<Record> newWriter() {
        return spec.isUnpartitioned()
                ? new UnpartitionedWriter<>(spec, format, appenders, files, io, targetFileSize)
                : new Fanout();
    }

    /** Keeps a file open for each partition that has rows since the last barrier. */
    private final class Fanout extends PartitionedFanoutWriter<Record> {

        private final PartitionKey key = new PartitionKey(spec, schema);
        private final InternalRecordWrapper values = new InternalRecordWrapper(schema.asStruct());

        Fanout() {
            super(spec, format, appenders, files, io, targetFileSize);
        }

        @Override
        protected PartitionKey partition(Record row) {
            key.partition(values.wrap(row));
            return key;
        }
    }
}
