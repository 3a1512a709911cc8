package dev.firn.it.testing.evolution;

import dev.firn.it.testing.WrittenTable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;

/** Somebody else who changes a table through Iceberg's library while a job writes to it. */
public final class Others implements AutoCloseable {

    private static final long EVERY_MILLIS = 50;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger commits = new AtomicInteger();
    private final ScheduledFuture<?> committing;

    private Others(Table table) {
        committing = thread.scheduleWithFixedDelay(() -> commit(table), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void commit(Table table) {
        UpdateProperties update = table.updateProperties().set("theirs", Integer.toString(commits.get()));
        if (isCommitted(table, update::commit)) {
            commits.incrementAndGet();
        }
    }

    /** One who commits again and again, twenty times a second. */
    public static Others committingTo(WrittenTable table) {
        return new Others(table.table());
    }

    /** Changes the schema; the job may be faster than any one attempt. */
    public static void change(WrittenTable written, Consumer<UpdateSchema> change) {
        Table table = written.table();
        boolean done = false;
        while (!done) {
            done = isCommitted(table, () -> {
                UpdateSchema update = table.updateSchema();
                change.accept(update);
                update.commit();
            });
        }
    }

    /** How often they have committed so far. */
    public int commits() {
        return commits.get();
    }

    private static boolean isCommitted(Table table, Runnable commit) {
        table.refresh();
        try {
            commit.run();
            return true;
        } catch (CommitFailedException someoneWasFaster) {
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        if (committing.isDone()) {
            try {
                committing.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("they could not go on committing", e);
            }
        }
    }
}
