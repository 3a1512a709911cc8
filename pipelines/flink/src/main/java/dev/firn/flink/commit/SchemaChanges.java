package dev.firn.flink.commit;

import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.sink.SchemaChangeLog;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log of what was decided about schemas up with the tables, behind their backs: tables wait for it never, and where it fails it is
 * tried again with the next checkpoint.
 */
final class SchemaChanges {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaChanges.class);

    private final SchemaChangeLog log;
    private final ScheduledExecutorService pool;
    private final Runnable moved;

    /** By their decisions' words. */
    private final Map<String, Long> written = new TreeMap<>();

    private boolean mustLook;
    private boolean working;
    private boolean failing;

    /** @param moved is called when a piece of work was done, or has failed */
    SchemaChanges(SchemaChangeLog log, ScheduledExecutorService pool, Runnable moved) {
        this.log = log;
        this.pool = pool;
        this.moved = moved;
    }

    /** Looks for what was left by whoever ran before. */
    synchronized void start() {
        mustLook = true;
        catchUp();
    }

    /** Called at checkpoints and when tables have got something; does nothing where there is nothing to write. */
    synchronized void catchUp() {
        if (working || (!mustLook && !log.isBehind())) {
            return;
        }
        try {
            pool.schedule(this::work, 0, TimeUnit.MILLISECONDS);
            working = true;
        } catch (RejectedExecutionException closing) {
            // Whoever starts next finds it in the tables.
            LOG.debug("the log of schema changes is not written any more");
        }
    }

    private void work() {
        try {
            boolean first;
            synchronized (this) {
                first = mustLook;
            }
            if (first) {
                log.look();
            }
            log.catchUp().forEach(this::tell);
            end(true);
        } catch (Throwable failure) {
            // An Error too: who dies unheard is waited for at the end.
            tell(failure);
            end(false);
        }
        moved.run();
    }

    private synchronized void end(boolean done) {
        working = false;
        failing = !done;
        mustLook &= !done;
        if (done) {
            // What has come while it wrote.
            catchUp();
        }
    }

    private synchronized void tell(Throwable failure) {
        if (!failing) {
            LOG.warn(
                    "The log of schema changes can't be written; that is tried again, and the tables go on: {}",
                    failure.getMessage(),
                    failure);
        }
    }

    private synchronized void tell(SchemaDecision decision) {
        for (SchemaDecision.Change change : decision.changes()) {
            written.merge(change.decision(), 1L, Long::sum);
            LOG.info("{}", words(decision, change));
        }
    }

    /** {@code sales.orders: add-column note -> string: apply (default), with version 2 of orders-value, orders-0 @ 17}. */
    static String words(SchemaDecision decision, SchemaDecision.Change change) {
        SchemaDecision.Writer writer = decision.writer();
        StringBuilder words = new StringBuilder(decision.table().name() + ": " + change.kind());
        if (!change.path().isEmpty()) {
            words.append(' ').append(change.path());
        }
        change.before().ifPresent(before -> words.append(' ').append(before));
        change.after().ifPresent(after -> words.append(" -> ").append(after));
        words.append(": ")
                .append(change.decision())
                .append(" (")
                .append(change.why())
                .append(')');
        writer.subject().ifPresent(subject -> words.append(", with ")
                .append(writer.to().isPresent() ? "version " + writer.to().getAsInt() + " of " : "")
                .append(subject));
        writer.first().ifPresent(first -> words.append(", ")
                .append(first.stream())
                .append('-')
                .append(first.partition())
                .append(" @ ")
                .append(first.position()));
        return words.toString();
    }

    /** Nothing is under way or to be done that one could wait for: what fails may fail again. */
    synchronized boolean isResting() {
        // What a pool that ends has not begun it never will.
        return pool.isShutdown() || (!working && (failing || !log.isBehind()));
    }

    synchronized LiveCommits.ChangeLogHealth health() {
        return new LiveCommits.ChangeLogHealth(failing, new TreeMap<>(written));
    }
}
