package dev.firn.connector.cdc.postgres;

import dev.firn.connector.cdc.postgres.DatabaseFailure.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a publication, as a slot has them, transaction by transaction in the order of their commits. Messages are taken from the
 * connection one by one as they are asked for, so a transaction may be as large as it likes.
 *
 * <p>What was confirmed is told to the server, and nothing else ever is: the server sends all that is behind it again, to whoever comes next.
 * A thread of this object tells it so every 5 s, also while nobody polls, so that the server does not take a reader that is busy for one
 * that is gone. It finds out as well if the server is: a connection that is stuck in the middle of a message for a minute is given up.
 *
 * <p>One thread polls; another may confirm.
 */
public final class ReplicationLog implements AutoCloseable {

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final Duration STUCK = Duration.ofSeconds(60);
    private static final long SHORTEST_PAUSE = 50_000;
    private static final long LONGEST_PAUSE = 10_000_000;

    private final PostgresAddress address;
    private final String slot;
    private final Connection connection;
    private final ReplicationStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final ScheduledExecutorService beats;
    private volatile long readingSince;
    private @Nullable SQLException failed;
    private boolean inTransaction;
    private boolean closed;

    /** A message and where it is in the log. */
    public record Logged(Lsn at, LogMessage message) {}

    private ReplicationLog(PostgresAddress address, String slot, Connection connection, ReplicationStream stream) {
        this.address = address;
        this.slot = slot;
        this.connection = connection;
        this.stream = stream;
        this.beats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "replication of " + slot);
            thread.setDaemon(true);
            return thread;
        });
        beats.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins to read.
     *
     * @param from all transactions are sent whose commit ends behind it; {@link Lsn#NONE} for where the slot is
     * @param patience how long another reader of the slot is waited for, such as the one of before, of whose end the server does not know yet
     * @throws DatabaseFailure of kind {@code LOST} if the slot is not there, or was told before that nobody needs what is behind {@code from}
     */
    public static ReplicationLog open(
            PostgresAddress address, String slot, String publication, Lsn from, Duration patience)
            throws DatabaseFailure {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return open(address, slot, publication, from);
            } catch (DatabaseFailure e) {
                if (e.kind() != Kind.BUSY
                        || System.nanoTime() - deadline >= 0
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private static ReplicationLog open(PostgresAddress address, String slot, String publication, Lsn from)
            throws DatabaseFailure {
        Connection connection = address.openReplication();
        boolean opened = false;
        try {
            requireThere(address, connection, slot, from);
            ReplicationStream stream = ReplicationStream.start(connection, slot, publication, from);
            opened = true;
            return new ReplicationLog(address, slot, connection, stream);
        } catch (SQLException e) {
            throw address.failure("slot `" + slot + "` can't be read", e);
        } finally {
            if (!opened) {
                abort(connection);
            }
        }
    }

    /** The server would begin behind what it was told, without a word. */
    private static void requireThere(PostgresAddress address, Connection connection, String slot, Lsn from)
            throws DatabaseFailure {
        String where = address.inWords() + ": ";
        Slots.Slot found = Slots.slot(address, connection, slot)
                .orElseThrow(() -> new DatabaseFailure(
                        Kind.LOST,
                        where + "there is no slot `" + slot + "`, so the changes since it was read are lost"));
        if (found.walStatus().equals("lost")) {
            throw new DatabaseFailure(
                    Kind.LOST,
                    where + "slot `" + slot + "` was left behind, and the server has removed the log that it needs"
                            + " (`max_slot_wal_keep_size`)");
        }
        Lsn confirmed = found.confirmed().orElse(Lsn.NONE);
        if (!from.equals(Lsn.NONE) && confirmed.compareTo(from) > 0) {
            throw new DatabaseFailure(
                    Kind.LOST,
                    where + "slot `" + slot + "` was told that nobody needs what is before " + confirmed
                            + " any more, so the changes since " + from + " can't be read again");
        }
    }

    /**
     * The next message.
     *
     * @param wait how long it is waited for at most, unless its beginning has come and its end has not
     * @return empty if there is none by then
     * @throws MalformedMessage if the server sends something else
     */
    public Optional<Logged> poll(Duration wait) throws DatabaseFailure {
        long deadline = System.nanoTime() + wait.toNanos();
        for (long pause = SHORTEST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            Optional<Logged> next = next();
            long left = deadline - System.nanoTime();
            if (next.isPresent() || left <= 0 || Thread.currentThread().isInterrupted()) {
                return next;
            }
            LockSupport.parkNanos(Math.min(left, pause));
        }
    }

    private Optional<Logged> next() throws DatabaseFailure {
        lock.lock();
        try {
            requireWell();
            readingSince = System.nanoTime();
            ReplicationStream.Data data = stream.pending();
            if (data == null) {
                if (stream.isOver()) {
                    throw new DatabaseFailure(
                            Kind.UNREACHABLE,
                            address.inWords() + ": the server has ended the changes of slot `" + slot + "`");
                }
                return Optional.empty();
            }
            LogMessage message = PgOutput.parse(data.bytes());
            if (message instanceof LogMessage.Begin) {
                inTransaction = true;
            } else if (message instanceof LogMessage.Commit) {
                inTransaction = false;
            }
            return Optional.of(new Logged(data.at(), message));
        } catch (SQLException e) {
            throw lost(e);
        } finally {
            lock.unlock();
        }
    }

    private void requireWell() throws SQLException {
        if (closed) {
            throw new IllegalStateException("our bug: a log is asked for changes after it was closed");
        }
        if (failed != null) {
            throw failed;
        }
    }

    private DatabaseFailure lost(SQLException e) {
        return address.failure("the changes of slot `" + slot + "` can't be read", e);
    }

    /**
     * Up to where there is nothing more: all transactions whose commit ends before it were handed out. It moves on without any, since the
     * log has the changes of others too, and a slot that is not confirmed keeps those. Empty in the middle of a transaction.
     */
    public Optional<Lsn> quiet() {
        lock.lock();
        try {
            return inTransaction ? Optional.empty() : Optional.of(stream.received());
        } finally {
            lock.unlock();
        }
    }

    /** Lets the server forget what is before a place: the end of a commit, or what was quiet. One before another that was confirmed is nothing new. */
    public void confirm(Lsn place) throws DatabaseFailure {
        lock.lock();
        try {
            requireWell();
            stream.confirm(place);
            stream.sendStatus();
        } catch (SQLException e) {
            throw lost(e);
        } finally {
            lock.unlock();
        }
    }

    /** Says that somebody is there, or finds out that the other side is not. */
    private void beat() {
        if (!lock.tryLock()) {
            if (System.nanoTime() - readingSince > STUCK.toNanos()) {
                abort(connection);
            }
            return;
        }
        try {
            if (!closed && failed == null) {
                stream.sendStatus();
            }
        } catch (SQLException e) {
            failed = e;
        } finally {
            lock.unlock();
        }
    }

    /** At once, whatever the server is about to send. It sees the end of the connection, and lets the slot go a moment later. */
    @Override
    public void close() {
        beats.shutdownNow();
        abort(connection);
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "our bug: a connection can't be given up (%s)", e.getSQLState()), e);
        }
    }
}
