package dev.firn.flink.commit;

import dev.firn.definition.HoldOptions;
import dev.firn.plan.MadeTables;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TableCommits;
import dev.firn.plan.TableSettings;
import dev.firn.spi.schema.TableName;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When each table is committed to, and how much may wait for it.
 *
 * @param tables those whose names are in the plan
 * @param madeTables those that come to exist while the job runs
 * @param checkpointInterval what intervals are rounded to
 */
public record CommitRules(Map<TableName, TableCommits> tables, List<MadeTables> madeTables, Duration checkpointInterval)
        implements Serializable {

    public CommitRules {
        // A copy that Java can serialise.
        tables = new TreeMap<>(tables);
        madeTables = List.copyOf(madeTables);
    }

    /** For tables that all are in the plan. */
    public CommitRules(Map<TableName, TableCommits> tables, Duration checkpointInterval) {
        this(tables, List.of(), checkpointInterval);
    }

    public static CommitRules in(PipelinePlan plan) {
        Map<TableName, TableCommits> tables = new TreeMap<>();
        plan.tables().forEach(table -> tables.put(table.name(), table.commits()));
        // A value can't lead to Firn's own tables, though their names may look as if.
        tables.put(plan.sink().names().ledger(), TableCommits.DEFAULT);
        tables.put(plan.sink().names().quarantine(), TableCommits.DEFAULT);
        return new CommitRules(tables, MadeTables.in(plan), plan.checkpointInterval());
    }

    /** Of Firn's own tables too, which the file says nothing about. */
    TableCommits of(TableName table) {
        TableCommits planned = tables.get(table);
        if (planned != null) {
            return planned;
        }
        return MadeTables.settings(madeTables, table)
                .map(TableSettings.Effective::commits)
                .orElse(TableCommits.DEFAULT);
    }

    /** Whether the job may come to go on without a table. */
    public boolean mayDetach() {
        return tables.values().stream().anyMatch(commits -> commits.then() == HoldOptions.Then.DETACH)
                || madeTables.stream()
                        .flatMap(made -> made.settings().stream())
                        .anyMatch(entry -> entry.commits().then() == HoldOptions.Then.DETACH);
    }

    /** Whether an interval is over, to the nearest checkpoint: they come a little early or late. */
    boolean isOver(TableName table, Duration since) {
        Duration interval = of(table).interval();
        return since.plus(checkpointInterval.dividedBy(2)).compareTo(interval) >= 0;
    }
}
