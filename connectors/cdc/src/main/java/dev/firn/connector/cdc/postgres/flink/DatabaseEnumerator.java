package dev.firn.connector.cdc.postgres.flink;

import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives the one log to the first reader that is there, and back to it where it was lost. */
final class DatabaseEnumerator implements SplitEnumerator<DatabaseSplit, Boolean> {

    private final SplitEnumeratorContext<DatabaseSplit> context;
    private @Nullable DatabaseSplit waiting;

    /** @param assigned whether a reader has it already, and brings it from its own state */
    DatabaseEnumerator(SplitEnumeratorContext<DatabaseSplit> context, boolean assigned) {
        this.context = context;
        this.waiting = assigned ? null : DatabaseSplit.NEW;
    }

    @Override
    public void start() {
        // Readers register by themselves.
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        throw new IllegalStateException("our bug: a reader of a database asks for no splits");
    }

    @Override
    public void addSplitsBack(List<DatabaseSplit> splits, int subtask) {
        for (DatabaseSplit split : splits) {
            waiting = split;
        }
        context.registeredReaders().keySet().stream().findFirst().ifPresent(this::assign);
    }

    @Override
    public void addReader(int subtask) {
        assign(subtask);
    }

    private void assign(int subtask) {
        DatabaseSplit split = waiting;
        if (split != null) {
            waiting = null;
            context.assignSplit(split, subtask);
        }
    }

    @Override
    public Boolean snapshotState(long checkpointId) {
        return waiting == null;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
