package dev.firn.connector.cdc.postgres;

import java.io.Serializable;
import org.postgresql.replication.LogSequenceNumber;

/** A place in a server's log, which is a byte's number from the log's beginning, unsigned; written {@code 16/B374D848}. */
public record Lsn(long value) implements Comparable<Lsn>, Serializable {

    private static final long serialVersionUID = 1L;

    /** No place: of a slot that was never confirmed. */
    public static final Lsn NONE = new Lsn(0);

    /** @throws IllegalArgumentException if the text is none */
    public static Lsn parse(String text) {
        if (!text.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
            throw new IllegalArgumentException("`" + text + "` is no place in a log");
        }
        return new Lsn(LogSequenceNumber.valueOf(text).asLong());
    }

    LogSequenceNumber number() {
        return LogSequenceNumber.valueOf(value);
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** As Postgres writes it. */
    @Override
    public String toString() {
        return number().asString();
    }
}
