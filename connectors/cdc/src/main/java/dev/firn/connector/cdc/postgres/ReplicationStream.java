package dev.firn.connector.cdc.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;

/**
 * The messages around the log's, as "Streaming Replication Protocol" of Postgres' documentation has them. The driver has a stream of its
 * own, which confirms by itself what an idle server says; this one confirms what it is told and nothing else. Not thread-safe.
 */
final class ReplicationStream {

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int STATUS_SIZE = 1 + 4 * Long.BYTES + 1;
    private static final int DATA_HEADER = 3 * Long.BYTES;
    private static final int KEEP_ALIVE_SIZE = 2 * Long.BYTES + 1;

    private final CopyDual copy;
    private Lsn received;
    private Lsn confirmed = Lsn.NONE;

    private ReplicationStream(CopyDual copy, Lsn from) {
        this.copy = copy;
        this.received = from;
    }

    static ReplicationStream start(Connection connection, String slot, String publication, Lsn from)
            throws SQLException {
        String start = "START_REPLICATION SLOT " + Sql.name(slot) + " LOGICAL " + from
                + " (proto_version '1', publication_names " + Sql.text(Sql.name(publication)) + ")";
        return new ReplicationStream(
                connection.unwrap(PGConnection.class).getCopyAPI().copyDual(start), from);
    }

    /** A message of the log and where it is. */
    record Data(Lsn at, ByteBuffer bytes) {}

    /** The next one; null if none has begun to come. Answers the server where it asks whether somebody is there. */
    @Nullable
    Data pending() throws SQLException {
        while (true) {
            byte[] message = copy.isActive() ? copy.readFromCopy(false) : null;
            if (message == null) {
                return null;
            }
            ByteBuffer bytes = ByteBuffer.wrap(message);
            byte kind = bytes.hasRemaining() ? bytes.get() : 0;
            if (kind == 'w' && bytes.remaining() >= DATA_HEADER) {
                Lsn at = new Lsn(bytes.getLong());
                bytes.position(1 + DATA_HEADER);
                receive(at);
                return new Data(at, bytes);
            }
            if (kind != 'k' || bytes.remaining() != KEEP_ALIVE_SIZE) {
                throw new MalformedMessage(
                        String.format(Locale.ROOT, "around one of %d bytes is 0x%02x", message.length, kind));
            }
            receive(new Lsn(bytes.getLong()));
            bytes.getLong();
            if (bytes.get() == 1) {
                sendStatus();
            }
        }
    }

    private void receive(Lsn place) {
        if (place.compareTo(received) > 0) {
            received = place;
        }
    }

    /** Up to where the server has sent what there is to send. */
    Lsn received() {
        return received;
    }

    /** To be told to the server from now on. */
    void confirm(Lsn place) {
        if (place.compareTo(confirmed) > 0) {
            confirmed = place;
        }
    }

    /** Says up to where was received, and what was confirmed, which is nothing as long as nobody has. */
    void sendStatus() throws SQLException {
        ByteBuffer status = ByteBuffer.allocate(STATUS_SIZE)
                .put((byte) 'r')
                .putLong(received.value())
                .putLong(confirmed.value())
                .putLong(confirmed.value())
                .putLong(ChronoUnit.MICROS.between(EPOCH, Instant.now()))
                .put((byte) 0);
        copy.writeToCopy(status.array(), 0, STATUS_SIZE);
        copy.flushCopy();
    }

    /** Whether the server has said that there is no more. */
    boolean isOver() {
        return !copy.isActive();
    }
}
