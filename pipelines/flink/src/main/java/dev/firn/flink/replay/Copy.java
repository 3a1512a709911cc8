package dev.firn.flink.replay;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;

/** A record on its way to one of its tables. */
record Copy(TableName table, FormatReader format, int schemaId, RawRecord record) {

    /** Copies with the same one are written together. */
    record Batch(TableName table, FormatReader format, int schemaId) {}

    Batch batch() {
        return new Batch(table, format, schemaId);
    }
}
