package dev.firn.connector.cdc.postgres;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of a row as a record, key and value each in the Confluent frame.
 *
 * @param op {@code r} of a snapshot, {@code c} inserted, {@code u} updated, {@code d} deleted, {@code t} all rows of the table are gone
 * @param key of the row; null for {@code t}
 * @param value the envelope
 * @param flawed whether it says of a column that its value was not sent, or is none that the column can hold
 */
public record Change(char op, byte @Nullable [] key, byte[] value, boolean flawed) {

    /**
     * Where a change comes from.
     *
     * @param lsn of the change; of a snapshot's row a place that its reading began behind
     * @param transaction and when it was committed; empty for a row of a snapshot
     */
    public record Origin(Lsn lsn, Optional<Transaction> transaction) {

        /** Of a row of a snapshot. */
        public static Origin snapshot(Lsn lsn) {
            return new Origin(lsn, Optional.empty());
        }
    }

    /** @param xid unsigned */
    public record Transaction(int xid, Instant committed) {}
}
