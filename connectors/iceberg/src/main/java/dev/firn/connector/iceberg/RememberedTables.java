package dev.firn.connector.iceberg;

import dev.firn.spi.schema.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.encryption.PlaintextEncryptionManager;
import org.apache.iceberg.io.InputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tables looked like at their last commit: columns, partitions, sort order, properties, uuid, in a small file each beside the
 * ledger. A task that starts while the catalog does not give a table goes by it, and writes into the holding area. Thread-safe; a table
 * is one thread's at a time.
 */
final class RememberedTables {

    private static final Logger LOG = LoggerFactory.getLogger(RememberedTables.class);

    private final LakeTables tables;
    private final TableName ledger;

    /** What is in the file of each, as far as this process has written it; nothing where there is to be no file. */
    private final Map<TableName, Optional<Looks>> written = new ConcurrentHashMap<>();

    /** All that a writer goes by, to find out cheaply whether it has changed. */
    private record Looks(
            String uuid, int schema, int spec, int sortOrder, String location, Map<String, String> properties) {

        static Looks of(TableMetadata metadata) {
            Map<String, String> properties = new HashMap<>(metadata.properties());
            // It changes with each commit.
            properties.keySet().removeIf(TableMarks::isMark);
            return new Looks(
                    String.valueOf(metadata.uuid()),
                    metadata.currentSchemaId(),
                    metadata.defaultSpecId(),
                    metadata.defaultSortOrderId(),
                    metadata.location(),
                    properties);
        }
    }

    RememberedTables(LakeTables tables, TableName ledger) {
        this.tables = tables;
        this.ledger = ledger;
    }

    /** Writes down what a table looks like, unless that is known; a failure is logged, for the next commit tries again. */
    void remember(TableName name, Table table) {
        try {
            remember(name, LakeTables.operations(table).current(), table.encryption());
        } catch (RuntimeException e) {
            LOG.warn("What table {} looks like could not be written down", name, e);
        }
    }

    private void remember(TableName name, TableMetadata metadata, EncryptionManager encryption) {
        // Files of an encrypted table need its keys, wherever they are, and those are the catalog's.
        Optional<Looks> looks =
                encryption instanceof PlaintextEncryptionManager ? Optional.of(Looks.of(metadata)) : Optional.empty();
        if (looks.equals(written.get(name))) {
            return;
        }
        HoldingArea area = HoldingArea.open(tables, ledger);
        String place = area.placeOfLooks(name);
        if (looks.isPresent()) {
            TableMetadata withoutHistory = TableMetadata.buildFrom(metadata)
                    .removeSnapshots(metadata.snapshots())
                    .discardChanges()
                    .build();
            TableMetadataParser.overwrite(withoutHistory, area.io().newOutputFile(place));
        } else if (area.io().newInputFile(place).exists()) {
            area.io().deleteFile(place);
        }
        written.put(name, looks);
    }

    /**
     * Removes what is written down of a table that is about to change so that nobody may write by how it was. Fails where that can't be
     * done.
     */
    void forget(TableName name) {
        HoldingArea area = HoldingArea.open(tables, ledger);
        String place = area.placeOfLooks(name);
        if (area.io().newInputFile(place).exists()) {
            area.io().deleteFile(place);
        }
        written.remove(name);
    }

    /** The table as it was at its last commit, to write files for it that wait elsewhere; empty if nobody has written it down. */
    Optional<Table> recall(TableName name) {
        try {
            HoldingArea area = HoldingArea.open(tables, ledger);
            InputFile file = area.io().newInputFile(area.placeOfLooks(name));
            return file.exists()
                    ? Optional.of(new BaseTable(
                            new RememberedOperations(TableMetadataParser.read(area.io(), file), area.io()),
                            name.full()))
                    : Optional.empty();
        } catch (RuntimeException e) {
            LOG.warn("What table {} looked like could not be read", name, e);
            return Optional.empty();
        }
    }

    static boolean isRemembered(Table table) {
        return LakeTables.operations(table) instanceof RememberedOperations;
    }
}
