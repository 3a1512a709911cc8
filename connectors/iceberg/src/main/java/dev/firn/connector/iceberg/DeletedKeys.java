package dev.firn.connector.iceberg;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import org.apache.iceberg.data.Record;

/**
 * Reads the keys of records without a value. A table's key has the names that the file gives it, and no producer's schema changes them, so
 * nothing but names is looked at.
 */
final class DeletedKeys {

    private final Decoders decoders;

    DeletedKeys(Duration tablesFreshFor) {
        this.decoders = new Decoders(DeletedKeys::byName, tablesFreshFor);
    }

    private static RowDecoder byName(TargetTable table, FormatReader keys, int schemaId, RawRecord first)
            throws Rejected {
        SomeColumns columns = keyOf(table).columns();
        return keys.projection(schemaId, columns.columns(), columns.rows());
    }

    static KeyColumns keyOf(TargetTable table) {
        return table.key().orElseThrow(() -> new IllegalStateException("our bug: " + table.name() + " has no key"));
    }

    /** The number that all records of the key share. */
    int number(TargetTable table, FormatReader keys, RawRecord record) throws Rejected {
        return keyOf(table).number(decoder(table, keys, record), record);
    }

    /** A row of the table with nothing in it but the key. */
    Record keyAlone(TargetTable table, FormatReader keys, RawRecord record) throws Rejected {
        return keyOf(table).keyAlone(decoder(table, keys, record), record);
    }

    private RowDecoder decoder(TargetTable table, FormatReader keys, RawRecord record) throws Rejected {
        return decoders.decoder(table, keys, keys.schemaId(record), record);
    }

    /** The table has other columns now. */
    void forget(TableName table) {
        decoders.forget(table);
    }
}
