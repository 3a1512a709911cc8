package dev.firn.connector.iceberg;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.Optional;

/** Of records that another subtask may write: the number of their partition or key, for which no more of them is decoded. */
final class SentRecords {

    private final Decoders decoders;

    /** @param bound empty where tables stay as they are, so that columns are found by their names */
    SentRecords(Optional<BoundDecoders> bound, Duration tablesFreshFor) {
        this.decoders = new Decoders(
                bound.<Decoders.Opening>map(opening ->
                                (table, format, schema, record) -> opening.some(columns(table), table, format, schema))
                        .orElse(SentRecords::byName),
                tablesFreshFor);
    }

    private static RowDecoder byName(TargetTable table, FormatReader format, int schemaId, RawRecord first)
            throws Rejected {
        SomeColumns columns = columns(table);
        return format.projection(schemaId, columns.columns(), columns.rows());
    }

    private static SomeColumns columns(TargetTable table) {
        return table.sentBy().map(KeyColumns::columns).orElseGet(() -> gatheredPartitions(table)
                .columns());
    }

    private static PartitionColumns gatheredPartitions(TargetTable table) {
        return table.gatheredPartitions()
                .orElseThrow(() -> new IllegalStateException("our bug: " + table.name() + " gathers no partitions"));
    }

    /** A number that all records of one partition share. */
    int partition(TargetTable table, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        return gatheredPartitions(table).number(decoders.decoder(table, format, schemaId, record), record);
    }

    /** A number that all records of one key share. */
    int key(TargetTable table, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        KeyColumns key =
                table.sentBy().orElseThrow(() -> new IllegalStateException("our bug: " + table.name() + " has no key"));
        return key.number(decoders.decoder(table, format, schemaId, record), record);
    }

    /** The table has other columns now. */
    void forget(TableName table) {
        decoders.forget(table);
    }
}
