package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.SchemaChangeLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Brings decisions from the properties of tables into the table of all of them.
 *
 * <pre>
 *   commit to a table -> its properties -> seen, and not known to be there -> read which ones are there -> append the others
 *                                                                              ^                            | somebody was faster
 *                                                                              +----------------------------+
 * </pre>
 *
 * The table itself says what is in it: rows are appended on the very snapshot whose ids were read, so nothing gets there twice,
 * whoever else writes, and what a process had not written when it died is found when a table is committed to again.
 */
final class DecisionLog implements SchemaChangeLog {

    private static final String APPEND = "firn.append";

    private final LakeTables tables;
    private final LakeNames names;
    private final Retries retries;

    /** By their ids, until they are known to be in the table. */
    private final Map<String, SchemaDecision> seen = new LinkedHashMap<>();

    /** What is in the table as it was when it was read. */
    private volatile There there = new There("", null, Set.of());

    private record There(String incarnation, @Nullable Long snapshot, Set<String> ids) {

        boolean isOf(TableMetadata log) {
            return incarnation.equals(String.valueOf(log.uuid()))
                    && Objects.equals(snapshot, DecisionLog.snapshot(log));
        }
    }

    DecisionLog(LakeTables tables, LakeNames names, Retries retries) {
        this.tables = tables;
        this.names = names;
        this.retries = retries;
    }

    /** Takes note of what a table says of decisions; asks nobody. */
    void see(Map<String, String> properties) {
        Set<String> known = there.ids();
        properties.forEach((property, text) -> TableDecisions.id(names.author(), property)
                .filter(id -> !known.contains(id))
                .ifPresent(id -> see(id, text)));
    }

    private void see(String id, String text) {
        synchronized (seen) {
            if (!seen.containsKey(id)) {
                DecisionText.read(text).ifPresent(decision -> seen.put(id, decision));
            }
        }
    }

    @Override
    public boolean isBehind() {
        synchronized (seen) {
            return !seen.isEmpty();
        }
    }

    @Override
    public void look() {
        tables.find(names.quarantine()).ifPresent(quarantine -> see(quarantine.properties()));
    }

    @Override
    public synchronized List<SchemaDecision> catchUp() {
        Map<String, SchemaDecision> wanted;
        synchronized (seen) {
            wanted = new LinkedHashMap<>(seen);
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        CatchUp catchUp = new CatchUp(wanted);
        retries.run(
                "write the log of schema changes `" + names.schemaChanges() + "`", tables.outside(), catchUp::attempt);
        synchronized (seen) {
            seen.keySet().removeAll(wanted.keySet());
        }
        return List.copyOf(catchUp.written);
    }

    /** One call, until all that is wanted is there. */
    private final class CatchUp {

        private final Map<String, SchemaDecision> wanted;
        private final List<SchemaDecision> written = new ArrayList<>();

        /** What was sent and not seen to land, by the words in its snapshot. */
        private final Map<String, List<SchemaDecision>> unconfirmed = new HashMap<>();

        private CatchUp(Map<String, SchemaDecision> wanted) {
            this.wanted = wanted;
        }

        private void attempt() {
            Table log = tables.find(names.schemaChanges()).orElseGet(DecisionLog.this::create);
            TableMetadata metadata = LakeTables.operations(log).current();
            metadata.snapshots()
                    .forEach(snapshot ->
                            confirm(String.valueOf(snapshot.summary().get(APPEND))));
            if (!there.isOf(metadata)) {
                there = new There(
                        String.valueOf(metadata.uuid()),
                        snapshot(metadata),
                        Set.copyOf(SchemaChangeTable.ids(
                                log, Expressions.equal(SchemaChangeTable.PIPELINE, names.author()))));
            }
            Set<String> ids = there.ids();
            List<SchemaDecision> missing = wanted.values().stream()
                    .filter(decision -> !ids.contains(decision.id()))
                    .toList();
            if (!missing.isEmpty()) {
                Guard guard = new Guard(there, UUID.randomUUID().toString());
                unconfirmed.put(guard.append(), missing);
                append(log, missing, guard);
                confirm(guard.append());
            }
        }

        private void confirm(String append) {
            List<SchemaDecision> landed = unconfirmed.remove(append);
            if (landed != null) {
                written.addAll(landed);
            }
        }
    }

    private Table create() {
        tables.create(SchemaChangeTable.spec(names.schemaChanges()));
        return tables.load(names.schemaChanges());
    }

    private void append(Table log, List<SchemaDecision> missing, Guard guard) {
        DataFile rows = SchemaChangeTable.write(names.schemaChanges(), log, missing);
        Transaction transaction = Transactions.newTransaction(log.name(), tables.guarded(log, guard));
        AppendFiles append = transaction.newAppend().appendFile(rows);
        append.scanManifestsWith(new CallerThread());
        append.set(TableMarks.PIPELINE, names.pipeline());
        append.set(APPEND, guard.append());
        append.commit();
        long snapshot = transaction.table().currentSnapshot().snapshotId();
        transaction.commitTransaction();
        Set<String> ids = new HashSet<>(guard.base().ids());
        missing.forEach(decision -> ids.add(decision.id()));
        there = new There(guard.base().incarnation(), snapshot, Set.copyOf(ids));
    }

    private static @Nullable Long snapshot(TableMetadata log) {
        return log.currentSnapshot() == null ? null : log.currentSnapshot().snapshotId();
    }

    /** Rows go on top of what was read, and on nothing else. */
    private record Guard(There base, String append) implements CommitGuard {

        @Override
        public void check(TableMetadata now) {
            if (!base.isOf(now)) {
                throw new IllegalStateException("the log of schema changes was written to meanwhile");
            }
        }

        @Override
        public boolean landed(TableMetadata now) {
            return now.snapshots().stream()
                    .anyMatch(snapshot -> append.equals(snapshot.summary().get(APPEND)));
        }
    }
}
