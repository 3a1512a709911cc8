package dev.firn.spi.sink;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A table that a change of a schema has paused: what comes for it waits in quarantine until somebody has decided.
 *
 * @param at when
 * @param reason the changes that it waits for, in a sentence
 * @param by the record that came with the schema; empty where the table says what this Firn can't read
 */
public record PausedTable(TableName table, Instant at, String reason, Optional<Bringer> by) {

    /**
     * The record that came with the schema.
     *
     * @param schemaId the format's id of the schema
     * @param framed whether the record names it so, in its frame
     */
    public record Bringer(Split split, long position, int schemaId, boolean framed) {

        private static final int FRAME = 5;

        public static Bringer of(RawRecord record, int schemaId) {
            return new Bringer(record.split(), record.position(), schemaId, record.valueSchemaId() == schemaId);
        }

        /** A record at that place with that schema, and nothing more, to tell of. */
        public RawRecord record() {
            byte[] frame =
                    ByteBuffer.allocate(FRAME).put((byte) 0).putInt(schemaId).array();
            return new RawRecord(split, position, RawRecord.NO_TIMESTAMP, null, framed ? frame : null, List.of());
        }
    }
}
