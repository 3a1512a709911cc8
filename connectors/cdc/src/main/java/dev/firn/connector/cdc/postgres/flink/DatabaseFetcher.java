package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.Startup;
import dev.firn.connector.cdc.postgres.DatabaseFailure;
import dev.firn.connector.cdc.postgres.PostgresAddress;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.source.StartPositions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/** Reads a database in a thread of its own: first the rows of tables that were not read whole, one table after the other, then the log. */
final class DatabaseFetcher implements SplitReader<Step, DatabaseSplit> {

    private final Reading reading;
    private final SchemaMemory schemas;
    private final Confirmed confirmed;
    private final Handover handover;
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable String splitId;

    /** A part of the work; the next begins when it has ended. */
    interface Part extends AutoCloseable {

        /** What comes next, after a moment where nothing does; empty for good where {@link #isOver}. */
        List<Step> next() throws DatabaseFailure;

        boolean isOver();

        @Override
        void close() throws DatabaseFailure;
    }

    /**
     * What is read.
     *
     * @param tables by the names that streams have
     * @param ledger where the ledger ended when the run began
     */
    record Reading(
            String source,
            PostgresAddress address,
            List<String> tables,
            Startup startup,
            String slot,
            String publication,
            StartPositions ledger) {}

    DatabaseFetcher(Reading reading, SchemaMemory schemas, Confirmed confirmed, Handover handover) {
        this.handover = handover;
        this.reading = reading;
        this.schemas = schemas;
        this.confirmed = confirmed;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<DatabaseSplit> change) {
        if (!(change instanceof SplitsAddition) || change.splits().size() != 1 || splitId != null) {
            throw new IllegalStateException("our bug: a reader of a database gets one log, once");
        }
        DatabaseSplit split = change.splits().get(0);
        splitId = split.splitId();
        try {
            parts.addAll(new Opening(reading, schemas, confirmed, handover).open(split));
        } catch (DatabaseFailure failure) {
            throw ReadFailures.of(failure);
        }
    }

    @Override
    public RecordsWithSplitIds<Step> fetch() {
        RecordsBySplits.Builder<Step> batch = new RecordsBySplits.Builder<>();
        try {
            while (parts.getFirst().isOver()) {
                parts.removeFirst().close();
            }
            List<Step> steps = parts.getFirst().next();
            if (splitId != null && !steps.isEmpty()) {
                batch.addAll(splitId, steps);
            }
        } catch (DatabaseFailure failure) {
            throw ReadFailures.of(failure);
        }
        return batch.build();
    }

    @Override
    public void wakeUp() {
        // No part waits for longer than a moment.
    }

    @Override
    public void close() throws DatabaseFailure {
        try {
            while (!parts.isEmpty()) {
                parts.removeFirst().close();
            }
        } finally {
            schemas.close();
        }
    }
}
