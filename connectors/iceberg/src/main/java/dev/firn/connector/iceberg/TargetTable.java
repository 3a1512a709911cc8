package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.PausedTable;
import dev.firn.spi.sink.WriterSettings;
import dev.firn.spi.source.OutsideException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.SortOrderComparators;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to write to a table as it was when it was loaded. It does not keep the loaded table: that holds
 * every snapshot, which is megabytes, and a job may have hundreds of tables. Where the catalog gives each table a {@link FileIO} of
 * its own it has to: such a catalog closes it once nobody holds the table's operations any more.
 */
final class TargetTable {

    /** What a file holds in memory before it is written out; Iceberg's 128 MiB is for jobs with few open files. */
    private static final String ROW_GROUP_BYTES = Integer.toString(64 << 20);

    /** Iceberg looks at the size for the first time after 100 rows, too late where a row is megabytes. */
    private static final String ROWS_UNTIL_SIZE_IS_CHECKED = "10";

    /** An open Parquet file holds, for each column, a dictionary, its indexes and a page, whether they are used or not. */
    private static final long PARQUET_COLUMN_BYTES = 24 << 10;

    /** An open Avro file holds a block and the compressed block. */
    private static final long AVRO_FILE_BYTES = 256 << 10;

    private static final String METRICS_OF_COLUMN = TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX;
    private static final String EXACT_METRICS = "full";

    /** A file ends where its rows take this much in memory: they are sorted there. */
    static final long SORTED_AT_ONCE = 64 << 20;

    private final TableName name;
    private final String incarnation;
    private final int schemaId;
    private final TableSchema columns;
    private final TableBindings bindings;
    private final RowFactory rows;
    private final Schema schema;
    private final PartitionSpec spec;
    private final FileIO io;
    private final Optional<TableOperations> ownerOfIo;
    private final FileFormat format;
    private final long fileSize;
    private final long rowGroupSize;
    private final long emptyFile;
    private final SortOrder sortOrder;
    private final Optional<PartitionColumns> gathered;
    private final Optional<KeyColumns> key;
    private final Optional<UniqueColumns> unique;
    private final PartitionSpec deletesSpec;
    private final GenericAppenderFactory appenders;
    private final Optional<GenericAppenderFactory> deletes;
    private final OutputFileFactory files;
    private final String manifestPrefix;
    private final String manifestPrefixBesideData;
    private final String heldName;
    private final EncryptionManager encryption;
    private final boolean remembered;
    private final Optional<PausedTable> paused;
    private final Outside outside;

    TargetTable(TableName name, Table table, LakeNames names, WriterSettings settings, LakeTables tables) {
        String pipeline = names.pipeline();
        Map<String, String> properties = new HashMap<>(table.properties());
        properties.putIfAbsent(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, ROW_GROUP_BYTES);
        properties.putIfAbsent(TableProperties.PARQUET_ROW_GROUP_CHECK_MIN_RECORD_COUNT, ROWS_UNTIL_SIZE_IS_CHECKED);
        // A start reads the files that have rows as new as it has to know, and takes one that says nothing for such a
        // file.
        settings.unique().of(name).ifPresent(rows -> properties.put(METRICS_OF_COLUMN + rows.time(), EXACT_METRICS));
        this.name = name;
        this.outside = tables.outside();
        this.incarnation = LakeTables.operations(table).current().uuid();
        this.schema = table.schema();
        this.schemaId = schema.schemaId();
        this.columns = IcebergTypes.columns(name.full(), schema);
        this.bindings = TableBindings.in(properties, names.author());
        this.spec = table.spec();
        this.io = table.io();
        this.ownerOfIo = tables.haveFilesByTable() ? Optional.of(LakeTables.operations(table)) : Optional.empty();
        this.format = DataFileFormat.of(name, properties);
        this.rows = new RowFactory(columns, schema, format);
        this.fileSize = PropertyUtil.propertyAsLong(
                properties,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
        this.rowGroupSize = PropertyUtil.propertyAsLong(
                properties,
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
        this.emptyFile = format == FileFormat.PARQUET ? PARQUET_COLUMN_BYTES * leaves(schema) : AVRO_FILE_BYTES;
        this.sortOrder = table.sortOrder();
        this.gathered = gathersPartitions(properties, spec)
                ? Optional.of(new PartitionColumns(name, schema, spec, format))
                : Optional.empty();
        List<String> keyNames = settings.keys().of(name);
        this.key = keyNames.isEmpty() ? Optional.empty() : Optional.of(new KeyColumns(name, schema, keyNames, format));
        this.unique = settings.unique().of(name).map(rows -> new UniqueColumns(name, schema, rows, format));
        this.deletesSpec = key.map(columns -> DeletesSpec.of(table, columns)).orElse(spec);
        this.appenders = new GenericAppenderFactory(schema, spec).setAll(properties);
        this.deletes = key.map(columns -> new GenericAppenderFactory(
                        schema, deletesSpec, columns.ids(), columns.columns().schema(), null)
                .setAll(properties));
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
        this.heldName = pipeline + "-" + settings.run() + "-" + settings.subtask() + "-" + settings.attempt() + "-";
        this.encryption = table.encryption();
        this.remembered = RememberedTables.isRemembered(table);
        this.paused = PauseMark.in(name, properties, names.author());
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

    Schema schema() {
        return schema;
    }

    PartitionSpec spec() {
        return spec;
    }

    /** Whether records for it wait for somebody who decides about a schema. */
    Optional<PausedTable> paused() {
        return paused;
    }

    /** Why a record for a paused table waits. */
    static Rejected rejection(PausedTable paused) {
        return new Rejected(
                RejectCode.TABLE_PAUSED,
                "table `" + paused.table() + "` waits for a decision, with `firn table resume`: " + paused.reason());
    }

    /** Whether the catalog did not give the table: its files have to wait elsewhere. */
    boolean isRemembered() {
        return remembered;
    }

    FileIO io() {
        return ownerOfIo.map(TableOperations::io).orElse(io);
    }

    /** Whether rows of the one go into files of the other. */
    boolean hasFilesOf(TargetTable other) {
        return incarnation.equals(other.incarnation)
                && schemaId == other.schemaId
                && spec.specId() == other.spec.specId()
                && format == other.format;
    }

    /** Whether what decodes for the one decodes for the other. */
    boolean hasColumnsOf(TargetTable other) {
        return hasFilesOf(other) && bindings.equals(other.bindings);
    }

    TableBindings bindings() {
        return bindings;
    }

    /** Where a writer's fields go, if the table says so. */
    Optional<BoundFields> fields(WriterSchema writer) {
        return bindings.own(writer, schema).map(binding -> fields(writer, binding));
    }

    BoundFields fields(WriterSchema writer, SchemaBinding binding) {
        return BoundFields.of(writer, binding, schema)
                .orElseThrow(() -> new IllegalStateException(
                        "our bug: a binding of " + writer.fingerprint() + " does not fit " + name + ": " + binding));
    }

    /** The table as a writer names it. */
    TableView view(WriterSchema writer, BoundFields fields) {
        return TableView.of(name, schema, format, writer, fields);
    }

    /** There where the table wants each of its partitions to be written in one place. */
    Optional<PartitionColumns> gatheredPartitions() {
        return gathered;
    }

    /** As Iceberg's own writers read the property; a table without partitions has nothing to gather. */
    private static boolean gathersPartitions(Map<String, String> properties, PartitionSpec spec) {
        String mode = properties.getOrDefault(
                TableProperties.WRITE_DISTRIBUTION_MODE, TableProperties.WRITE_DISTRIBUTION_MODE_NONE);
        return spec.isPartitioned() && mode.equalsIgnoreCase(TableProperties.WRITE_DISTRIBUTION_MODE_HASH);
    }

    /** A place for a manifest that nobody else has, in the folder of the table's metadata. */
    String newManifest() {
        return FileFormat.AVRO.addExtension(manifestPrefix + UUID.randomUUID());
    }

    /** The same where data files are. */
    String newManifestBesideData() {
        return FileFormat.AVRO.addExtension(manifestPrefixBesideData + UUID.randomUUID());
    }

    EncryptedOutputFile newDataFile(PartitionKey partition) {
        return spec.isPartitioned() ? files.newOutputFile(partition) : files.newOutputFile();
    }

    /** A name for a data file in the holding area that nobody else has. */
    String newHeldName() {
        return format.addExtension(heldName + UUID.randomUUID());
    }

    String newHeldManifestName() {
        return FileFormat.AVRO.addExtension(heldName + UUID.randomUUID());
    }

    /** A file that is not in the table's location, as the table wants its files. */
    EncryptedOutputFile encrypted(OutputFile file) {
        return encryption.encrypt(file);
    }

    EncryptedOutputFile newFileOfNoPartition() {
        return files.newOutputFile();
    }

    /** There where a record takes the place of the row with its key. */
    Optional<KeyColumns> key() {
        return key;
    }

    /** By what its rows are told from those that it has; empty where it takes whatever comes. */
    Optional<UniqueColumns> unique() {
        return unique;
    }

    /** The columns whose values decide which writer gets a record; empty where any may. */
    Optional<KeyColumns> sentBy() {
        return key.or(() -> unique.map(UniqueColumns::key));
    }

    /** Whether a key's older row may be in another partition than its newest, so that deletes are of all of them. */
    boolean deletesAreOfAllPartitions() {
        return deletesSpec.isUnpartitioned();
    }

    PartitionSpec deletesSpec() {
        return deletesSpec;
    }

    /** @param partition null where the deletes are of rows in all partitions */
    EqualityDeleteWriter<Record> openDeletes(EncryptedOutputFile file, @Nullable PartitionKey partition) {
        return deletes.orElseThrow(() -> new IllegalStateException("our bug: " + name + " has no key"))
                .newEqDeleteWriter(file, format, partition);
    }

    DataWriter<Record> open(EncryptedOutputFile file, PartitionKey partition) {
        return new DataWriter<>(
                appenders.newAppender(file, format),
                format,
                file.encryptingOutputFile().location(),
                spec,
                spec.isPartitioned() ? partition : null,
                file.keyMetadata(),
                sortOrder);
    }

    /** The size at which the table wants a next file. */
    long fileSize() {
        return fileSize;
    }

    /** What an open file of this length takes in memory, at most and about. */
    long memoryOfFile(long length) {
        return emptyFile + Math.min(length, format == FileFormat.PARQUET ? rowGroupSize : AVRO_FILE_BYTES);
    }

    /** Whether the rows of a file have an order, so that all of them are needed before the first is written. */
    boolean isSorted() {
        return sortOrder.isSorted();
    }

    /** Brings rows into the order of the table's files, if they have one. */
    void sort(List<Record> rows) {
        if (isSorted()) {
            Comparator<StructLike> order = SortOrderComparators.forSchema(schema, sortOrder);
            InternalRecordWrapper one = new InternalRecordWrapper(schema.asStruct());
            InternalRecordWrapper other = new InternalRecordWrapper(schema.asStruct());
            rows.sort((left, right) -> order.compare(one.wrap(left), other.wrap(right)));
        }
    }

    /** What to say and throw where a file of the table can't be written. */
    OutsideException unwritable(Exception cause) {
        return outside.unwritable(name, cause);
    }

    private static int leaves(Schema schema) {
        return TypeUtil.indexById(schema.asStruct()).values().stream()
                .mapToInt(field -> field.type().isPrimitiveType() ? 1 : 0)
                .sum();
    }
}
