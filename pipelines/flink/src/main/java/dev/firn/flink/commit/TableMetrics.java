package dev.firn.flink.commit;

import dev.firn.definition.table.Decision;
import dev.firn.flink.latency.VisibleAfter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** One of the figures that the committer shows for each table, below {@code table.<name>} of its own metrics. */
public record TableMetrics(String name, String says, Function<TableHealth, Object> value) {

    /** All of them; their names are stable. */
    public static final List<TableMetrics> ALL = List.of(
            new TableMetrics(
                    "openEpochs", "Epochs that are in the ledger and not yet in the table.", TableHealth::openEpochs),
            new TableMetrics("stagedRecords", "The rows of those epochs.", TableHealth::stagedRecords),
            new TableMetrics("stagedBytes", "The size of their files.", TableHealth::stagedBytes),
            new TableMetrics(
                    "oldestStagedSeconds",
                    "How long the oldest of them has been waiting. Alarm at 129600, which is 36 hours: cleaners of orphan"
                            + " files delete what no snapshot names after three days.",
                    health -> health.oldest().toSeconds()),
            new TableMetrics(
                    "heldSeconds",
                    "How long commits to the table have been failing, or one has not come back; 0 where all is well.",
                    health -> health.heldFor()
                            .map(held -> Math.max(1, held.toSeconds()))
                            .orElse(0L)),
            new TableMetrics(
                    "detached",
                    "1 while the job goes on without the table (`hold: {then: detach}`) and its new records go to quarantine, else 0.",
                    health -> health.detached().isPresent() ? 1 : 0),
            new TableMetrics("failedAttempts", "Failed attempts in a row.", TableHealth::failedAttempts),
            new TableMetrics(
                    "lastFailure",
                    "Why the last attempt failed, in a sentence; empty where all is well.",
                    TableHealth::reason),
            eventToVisible(
                    "P50",
                    "How long rows took from their record's timestamp in its topic to the commit that made them visible: half of"
                            + " them no longer than this. Of the rows of the last minute's commits, or of the last before it;"
                            + " -1 where nothing was measured. A timestamp of the future counts as 0, a record without one"
                            + " does not count.",
                    VisibleAfter::p50),
            eventToVisible("P90", "The same of nine rows in ten.", VisibleAfter::p90),
            eventToVisible(
                    "P99",
                    "The same of 99 in 100. Alarm where it stays above what was promised of the table; one to two checkpoint"
                            + " intervals are usual. Old records that are read again count from their own timestamps. While a"
                            + " table is held none of its rows becomes visible, so look at `heldSeconds` too.",
                    VisibleAfter::p99),
            eventToVisible("Max", "The same of all of them.", VisibleAfter::max));

    private static TableMetrics eventToVisible(String which, String says, ToLongFunction<VisibleAfter> figure) {
        return new TableMetrics(
                "eventToVisible" + which + "Millis", says, health -> figure.applyAsLong(health.visibleAfter()));
    }

    /** A figure of the committer as a whole. */
    public record Total(String name, String says, ToLongFunction<LiveCommits> value) {

        private static Total ofChanges(String name, String says, Decision decision) {
            return new Total(name, says, now -> now.changes().written().getOrDefault(decision.word(), 0L));
        }

        private static Total ofTables(String name, String says, Predicate<TableHealth> counts) {
            return new Total(
                    name, says, now -> now.tables().stream().filter(counts).count());
        }
    }

    /** The committer's own; their names are stable too. */
    public static final List<Total> TOTALS = List.of(
            new Total(
                    "ledgerFailing",
                    "1 while the last attempt to write the ledger has failed, else 0. Without the ledger no table gets anything: alarm if it"
                            + " stays.",
                    now -> now.ledger().failure().isPresent() ? 1 : 0),
            Total.ofTables("heldTables", "Tables that can't be committed to at the moment.", TableHealth::isHeld),
            Total.ofTables(
                    "detachedTables",
                    "Tables that the job goes on without. Alarm at 1: somebody has to mend them.",
                    health -> health.detached().isPresent()),
            Total.ofTables(
                    "tablesWithOldFiles",
                    "Tables for which something has been staged for more than 36 hours.",
                    TableHealth::hasOldFiles),
            Total.ofChanges(
                    "schemaChangesApplied",
                    "Changes of schemas that tables have followed, as `apply` says, since the committer has started; so are the"
                            + " next three.",
                    Decision.APPLY),
            Total.ofChanges(
                    "schemaChangesKeptNullable",
                    "Those after which a column has stayed that may be null now, as `keep-nullable` says.",
                    Decision.KEEP_NULLABLE),
            Total.ofChanges(
                    "schemaChangesIgnored", "Those that tables have not followed, as `ignore` says.", Decision.IGNORE),
            Total.ofChanges(
                    "schemaChangesQuarantined",
                    "Those with which records go to quarantine. Alarm where it grows: somebody has to decide.",
                    Decision.QUARANTINE),
            new Total(
                    "schemaChangeLogFailing",
                    "1 while the last attempt to write `firn_schema_changes` has failed, else 0. Tables do not wait for it, and nothing is"
                            + " lost: they keep their decisions themselves.",
                    now -> now.changes().isFailing() ? 1 : 0));

    static void register(MetricGroup committer, TableLane lane) {
        MetricGroup group = committer.addGroup("table", lane.table().full());
        for (TableMetrics metric : ALL) {
            group.gauge(metric.name(), (Gauge<Object>) () -> metric.value().apply(lane.health()));
        }
    }

    static void registerTotals(MetricGroup committer, CommitLanes lanes) {
        for (Total total : TOTALS) {
            committer.gauge(total.name(), (Gauge<Long>) () -> total.value().applyAsLong(lanes.live()));
        }
    }
}
