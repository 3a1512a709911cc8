package dev.firn.connector.iceberg;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.evolution.SchemaEvolution;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.Verdict;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.PausedTable;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a writer's schema into a table: what it has to become for it, where each field goes, and what was decided, in one
 * transaction. Whoever comes second finds the binding and changes nothing, so all subtasks agree, and a restart knows what
 * was done before it.
 *
 * <pre>
 *   look -> taken back from it? ---------------------------------> refused
 *    ^            | no
 *    |          binding there? ----------------------------------> bound
 *    ^            | no
 *    |          judge -> refused, or Iceberg refuses an edit ----> refused
 *    |            | accepted
 *    +--- edits, binding and decision on that very look, or nothing
 * </pre>
 *
 * Iceberg never repeats a change of a schema, and what was judged on one schema must not be made on another: after any failure the
 * next attempt begins with a look, and judges anew.
 */
final class TableEvolution {

    /** Those with which a record does not go to its table. */
    static final Set<Decision> REFUSING = EnumSet.of(Decision.QUARANTINE, Decision.PAUSE_TABLE, Decision.FAIL);

    private static final Logger LOG = LoggerFactory.getLogger(TableEvolution.class);

    private final LakeTables tables;
    private final String pipeline;
    private final long run;
    private final SchemaEvolution evolution;
    private final Retries retries;

    TableEvolution(LakeTables tables, String pipeline, long run, SchemaEvolution evolution, Retries retries) {
        this.tables = tables;
        this.pipeline = pipeline;
        this.run = run;
        this.evolution = evolution;
        this.retries = retries;
    }

    /** What came of it. */
    sealed interface Outcome {}

    /** The table, as it is now, takes the schema. */
    record Bound(Table table, SchemaBinding binding) implements Outcome {}

    /**
     * The table does not take it, and is as it was.
     *
     * @param told what is to be written down about it, if there is something
     */
    record Refused(Decision decision, String reason, Optional<SchemaDecision> told) implements Outcome {}

    /** There is no such table any more. */
    record Gone(String reason) implements Outcome {}

    /**
     * The table has bindings of schemas that are in none of the histories, which may be older than the table is by now.
     *
     * @param strangers their fingerprints
     */
    record Behind(Set<String> strangers) implements Outcome {}

    /** No repetition mends it: our bug, most likely, for nobody was asked. */
    private record Broken(RuntimeException bug) implements Outcome {}

    /**
     * Throws {@link dev.firn.spi.source.OutsideException} where the catalog does not answer; the change may be in the table all
     * the same, and whoever asks next finds it.
     *
     * @param first the record that came with it
     */
    Outcome bind(TableName name, List<SchemaLineage> lineages, RawRecord first) {
        return bind(name, lineages, first, new Known(new TreeMap<>(), Optional.empty()));
    }

    /**
     * What the caller knows.
     *
     * @param unsaved bindings of its own that the table does not say yet, and that were decided before
     * @param strangers fingerprints of bound schemas that are in none of the histories, though they were asked for again; empty where any
     *     may be
     */
    record Known(SortedMap<String, String> unsaved, Optional<Set<String>> strangers) {}

    Outcome bind(TableName name, List<SchemaLineage> lineages, RawRecord first, Known known) {
        Outcome outcome = retries.call(
                "bring a schema into table `" + name + "`",
                tables.outside(),
                () -> attempt(name, lineages, first, known));
        if (outcome instanceof Broken broken) {
            throw broken.bug();
        }
        return outcome;
    }

    /**
     * Has the pipeline's records for a table wait until somebody decides; one that waits already goes on waiting for what it did.
     *
     * @return the table that says so
     */
    Table pause(PausedTable paused) {
        return retries.call("pause table `" + paused.table() + "`", tables.outside(), () -> {
            Table table = tables.load(paused.table());
            if (PauseMark.in(paused.table(), table.properties(), pipeline).isPresent()) {
                return table;
            }
            table.updateProperties()
                    .set(PauseMark.property(pipeline), PauseMark.text(paused, epoch(table)))
                    .commit();
            LOG.warn("Table {} is paused, and its records wait in quarantine: {}", paused.table(), paused.reason());
            return tables.load(paused.table());
        });
    }

    /** The last epoch that the table says it has; 0 where it says nothing that can be read. */
    private long epoch(Table table) {
        try {
            return Optional.ofNullable(table.properties().get(TableMarks.property(pipeline)))
                    .map(EpochMark::parse)
                    .map(EpochMark::epoch)
                    .orElse(0L);
        } catch (NumberFormatException somebodyElse) {
            return 0;
        }
    }

    /** Where fields go if the table need not be changed for it, as far as it is known; nobody is asked. */
    Optional<SchemaBinding> withoutAChange(TargetTable table, List<SchemaLineage> lineages) {
        SchemaLineage lineage = table.bindings().nearest(lineages);
        return accepted(table, lineage, table.bindings().state(table.name(), table.schema(), lineage))
                .map(accepted -> AcceptedBinding.of(lineage.schema(), accepted.columns(), table.schema()));
    }

    /**
     * Where fields go if nothing was to be decided for it and nobody has to hear of it before rows are there: an older version than one
     * that is bound changes nothing for others, and neither does the version that the table was made of.
     *
     * @param unsaved bindings of the caller's that the table does not say yet, and that were decided before
     */
    Optional<SchemaBinding> asAMatterOfCourse(
            TargetTable table, List<SchemaLineage> lineages, SortedMap<String, String> unsaved) {
        TableBindings known = table.bindings().and(unsaved);
        SchemaLineage lineage = known.nearest(lineages);
        TableState state = known.state(table.name(), table.schema(), lineage);
        return isBoundLater(lineage, state) || (state.bindings().isEmpty() && isMadeOf(lineage, state))
                ? accepted(table, lineage, state)
                        .filter(verdict -> verdict.decided().isEmpty())
                        .map(verdict -> AcceptedBinding.of(lineage.schema(), verdict.columns(), table.schema()))
                : Optional.empty();
    }

    private static boolean isBoundLater(SchemaLineage lineage, TableState state) {
        return lineage.versions().stream().skip(lineage.own() + 1L).anyMatch(version -> state.bindings()
                .containsKey(version.fingerprint()));
    }

    /** Whether no older version can be meant, whose rows somebody else may be writing: something would be decided then. */
    private static boolean isMadeOf(SchemaLineage lineage, TableState state) {
        List<TableSchema> alike = lineage.versions().stream()
                .limit(lineage.own() + 1L)
                .map(WriterSchema::columns)
                .filter(state.columns()::equals)
                .toList();
        return lineage.own() == 0
                || (alike.size() == 1 && lineage.schema().columns().equals(state.columns()));
    }

    private Optional<Verdict.Accepted> accepted(TargetTable table, SchemaLineage lineage, TableState state) {
        return evolution.judge(table.name(), state, lineage) instanceof Verdict.Accepted accepted
                        && accepted.edits().isEmpty()
                ? Optional.of(accepted)
                : Optional.empty();
    }

    /** @param lineages all of the same schema */
    private Outcome attempt(TableName name, List<SchemaLineage> lineages, RawRecord first, Known caller) {
        Optional<Table> found = tables.find(name);
        if (found.isEmpty()) {
            return new Gone(String.valueOf(tables.missing(name).getMessage()));
        }
        Table table = found.get();
        TableMetadata now = LakeTables.operations(table).current();
        Judged judged = Judged.of(now.schema(), now.properties(), pipeline);
        TableBindings known = judged.bindings().and(caller.unsaved());
        SchemaLineage lineage = known.nearest(lineages);
        Optional<RolledBack> rolledBack = known.rolledBack(lineage.schema());
        if (rolledBack.isPresent()) {
            // It was recorded when that was done.
            return new Refused(Decision.QUARANTINE, rolledBack.get().words(name), Optional.empty());
        }
        Optional<SchemaBinding> standing = judged.bindings().own(lineage.schema(), now.schema());
        if (standing.isPresent() && isWhole(lineage, standing.get(), now.schema())) {
            return new Bound(table, standing.get());
        }
        Set<String> strangers = known.strangers(lineages);
        if (caller.strangers().filter(asked -> !asked.containsAll(strangers)).isPresent()) {
            return new Behind(strangers);
        }
        AcceptedChange change;
        SchemaBinding binding;
        MetSchema met;
        try {
            TableState state = known.state(name, now.schema(), lineage);
            met = new MetSchema(
                    name, String.valueOf(now.uuid()), lineage, state, new MetSchema.Origin(pipeline, run, first));
            Verdict verdict = evolution.judge(name, state, lineage);
            if (verdict instanceof Verdict.Refused refused) {
                return new Refused(refused.decision(), words(name, refused), met.refused(refusing(refused)));
            }
            Verdict.Accepted accepted = (Verdict.Accepted) verdict;
            change = new AcceptedChange(judged, lineage.schema(), accepted);
            try {
                binding = change.tryOut(table);
            } catch (AcceptedChange.Impossible impossible) {
                String why = tables.outside().words(impossible);
                return new Refused(
                        Decision.QUARANTINE,
                        words(name, why),
                        met.impossible(accepted.decided(), Decision.QUARANTINE, why));
            }
        } catch (RuntimeException bug) {
            return new Broken(bug);
        }
        if (standing.equals(Optional.of(binding)) && !change.hasEdits()) {
            return new Bound(table, binding);
        }
        change.make(tables, table, binding, met);
        LOG.info(
                "Table {} takes records of schema {} now{}",
                name,
                lineage.schema().fingerprint(),
                change);
        return landed(name, lineage);
    }

    /** What leaves nothing out stands whatever is decided; what does, as long as that is decided. */
    static boolean isWhole(SchemaLineage lineage, SchemaBinding binding, Schema table) {
        return BoundFields.of(lineage.schema(), binding, table)
                .filter(fields -> fields.leftOut().isEmpty())
                .isPresent();
    }

    private Outcome landed(TableName name, SchemaLineage lineage) {
        Table table = tables.load(name);
        return TableBindings.in(table.properties(), pipeline)
                .own(lineage.schema(), table.schema())
                .map(binding -> new Bound(table, binding))
                .orElseThrow(() -> new IllegalStateException("the table was changed again at once"));
    }

    private static List<Decided> refusing(Verdict.Refused refused) {
        return refused.decided().stream()
                .filter(decided -> REFUSING.contains(decided.decision()))
                .toList();
    }

    static String words(TableName name, Verdict.Refused refused) {
        return "table `" + name + "` does not follow the record's schema, as `schema-evolution` says: "
                + SchemaWords.of(refusing(refused));
    }

    /** @param impossible why Iceberg does not go along */
    static String words(TableName name, String impossible) {
        return "table `" + name + "` can't follow the record's schema: " + impossible;
    }
}
