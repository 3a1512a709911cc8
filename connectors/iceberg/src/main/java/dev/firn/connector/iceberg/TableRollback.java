package dev.firn.connector.iceberg;

import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.RollbackTarget;
import dev.firn.spi.sink.SchemaRollback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdateProperties;

/**
 * Takes a table's columns back to a version, and lets the newer ones go on again: edits, marks and the record of it in one transaction on
 * the very table that was shown. Whatever fails is looked at anew; another table than the shown one is refused.
 */
final class TableRollback {

    private final LakeTables tables;
    private final String pipeline;
    private final RememberedTables remembered;
    private final Retries retries;

    TableRollback(LakeTables tables, String pipeline, RememberedTables remembered, Retries retries) {
        this.tables = tables;
        this.pipeline = pipeline;
        this.remembered = remembered;
        this.retries = retries;
    }

    /** Empty where the table is not there. */
    Optional<SchemaRollback> plan(RollbackTarget to) {
        return tables.find(to.table()).map(table -> plan(to, table));
    }

    private SchemaRollback plan(RollbackTarget to, Table table) {
        TableMetadata now = LakeTables.operations(table).current();
        SchemaRollback plan = new RollbackPlanner(to, now, pipeline).plan();
        return plan.obstacles().isEmpty() ? triedOut(plan, table, now) : plan;
    }

    /** On a copy: Iceberg has its own reasons. */
    private SchemaRollback triedOut(SchemaRollback plan, Table table, TableMetadata now) {
        Judged judged = Judged.of(now.schema(), now.properties(), pipeline);
        Verdict.Accepted edits = new Verdict.Accepted(RollbackPlanner.edits(plan), new TreeMap<>(), List.of());
        try {
            new AcceptedChange(judged, plan.to().lineages().get(0).schema(), edits).changed(table);
            return plan;
        } catch (AcceptedChange.Impossible impossible) {
            return new SchemaRollback(
                    plan.to(),
                    plan.incarnation(),
                    plan.gone(),
                    plan.renamed(),
                    plan.stays(),
                    plan.withoutColumn(),
                    plan.newer(),
                    List.of("the table can't be changed so: " + tables.outside().words(impossible)));
        }
    }

    void make(SchemaRollback shown, long run) {
        if (!shown.obstacles().isEmpty()) {
            throw new IllegalStateException("our bug: a rollback in spite of " + shown.obstacles());
        }
        TableName name = shown.to().table();
        RollbackRecord record = new RollbackRecord(pipeline, run);
        change("take table `" + name + "` back", name, record, (table, now) -> {
            if (!plan(shown.to(), table).equals(shown)) {
                throw new CommitRefused(
                        "table `" + name + "` was changed since that was shown, and nothing was done: look once more");
            }
            return new Change(
                    RollbackPlanner.edits(shown), marks(shown), bindings(shown), made -> record.of(shown, made));
        });
    }

    /** In words, sorted by their fingerprints. */
    List<String> heldBack(TableName name) {
        return tables.find(name)
                .map(table -> words(RolledBack.in(table.properties(), pipeline)))
                .orElse(List.of());
    }

    private static List<String> words(SortedMap<String, RolledBack> marks) {
        return marks.values().stream().map(RolledBack::text).toList();
    }

    void undo(TableName name, List<String> shown, long run) {
        RollbackRecord record = new RollbackRecord(pipeline, run);
        change("let versions go on in table `" + name + "`", name, record, (table, now) -> {
            SortedMap<String, RolledBack> marks = RolledBack.in(now.properties(), pipeline);
            if (!words(marks).equals(shown)) {
                throw new CommitRefused(
                        "table `" + name + "` was changed since that was shown, and nothing was done: look once more");
            }
            List<String> removed = marks.keySet().stream()
                    .map(fingerprint -> RolledBack.property(pipeline, fingerprint))
                    .toList();
            String incarnation = String.valueOf(now.uuid());
            return new Change(
                    List.of(),
                    new TreeMap<>(),
                    removed,
                    made -> record.undone(new SchemaDecision.MetTable(name, incarnation, List.of()), marks));
        });
    }

    /** The newer versions are held back; those that the table was taken back from before now belong to the version of now. */
    private SortedMap<String, String> marks(SchemaRollback rollback) {
        SortedMap<String, String> marks = new TreeMap<>();
        String to = Integer.toString(rollback.to().version());
        rollback.newer()
                .forEach(newer -> marks.put(
                        RolledBack.property(pipeline, newer.fingerprint()),
                        new RolledBack(rollback.to().subject(), newer.name(), to).text()));
        return marks;
    }

    private List<String> bindings(SchemaRollback rollback) {
        return rollback.newer().stream()
                .map(newer -> TableBindings.property(pipeline, newer.fingerprint()))
                .toList();
    }

    /** What one transaction does. */
    private record Change(
            List<TableEdit> edits, Map<String, String> properties, List<String> removed, Recording recording) {}

    /** The decision, once it is known which schemas the table has got by it. */
    @FunctionalInterface
    private interface Recording {
        SchemaDecision of(List<Integer> schemas);
    }

    /** What is to be done to the table as it is now; throws where that is not what was agreed to. */
    @FunctionalInterface
    private interface Deciding {
        Change on(Table table, TableMetadata now);
    }

    private void change(String what, TableName name, RollbackRecord record, Deciding deciding) {
        // A run that starts while the catalog does not give the table must not write by what it was.
        retries.run("forget what table `" + name + "` looked like", tables.outside(), () -> remembered.forget(name));
        Table changed = retries.call(what, tables.outside(), () -> attempt(name, record, deciding));
        remembered.remember(name, changed);
    }

    private Table attempt(TableName name, RollbackRecord record, Deciding deciding) {
        Table table = tables.load(name);
        TableMetadata now = LakeTables.operations(table).current();
        if (now.properties().containsKey(record.property())) {
            return table;
        }
        Change change = deciding.on(table, now);
        Judged judged = Judged.of(now.schema(), now.properties(), pipeline);
        Transaction transaction =
                Transactions.newTransaction(table.name(), tables.guarded(table, new Guard(judged, record.property())));
        judged.requireStill(transaction.table().schema(), transaction.table().properties());
        List<Integer> schemas = schemas(transaction.table());
        TableEdits.make(transaction, change.edits());
        List<Integer> made = new ArrayList<>(schemas(transaction.table()));
        made.removeAll(schemas);
        UpdateProperties update = transaction.updateProperties();
        change.removed().stream().filter(now.properties()::containsKey).forEach(update::remove);
        change.properties().forEach(update::set);
        TableDecisions.properties(change.recording().of(made)).forEach(update::set);
        update.commit();
        transaction.commitTransaction();
        return tables.load(name);
    }

    private static List<Integer> schemas(Table table) {
        return LakeTables.operations(table).current().schemas().stream()
                .map(Schema::schemaId)
                .toList();
    }

    /** On the very table that was looked at; its own record tells that it has landed. */
    private record Guard(Judged judged, String property) implements CommitGuard {

        @Override
        public void check(TableMetadata base) {
            judged.requireStill(base.schema(), base.properties());
        }

        @Override
        public boolean landed(TableMetadata now) {
            return now.properties().containsKey(property);
        }
    }
}
