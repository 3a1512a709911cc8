package dev.firn.cli.run;

import dev.firn.flink.JobSettings;
import dev.firn.flink.Routes;
import dev.firn.flink.write.PlannedRules;
import dev.firn.flink.write.StartTimes;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.TableAction;
import dev.firn.plan.TablePlan;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.StartPositions;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What every start does before its job, wherever that runs: it makes the tables that are missing and claims the next run.
 *
 * @param number of the run
 * @param before what the ledger said when the run was claimed
 * @param schemas that records were read with before
 * @param newest event times of what was read before; none where no row of the plan's tables can be late
 */
public record ClaimedRun(long number, LedgerState before, List<UsedSchema> schemas, StartTimes newest) {

    public ClaimedRun {
        schemas = List.copyOf(schemas);
    }

    /** @param dropped tables that are to be made anew, although the pipeline goes on without them */
    public static ClaimedRun of(PipelinePlan plan, Lake lake, Collection<TableName> dropped) {
        Ledger ledger = lake.ledger();
        return of(ledger, new KnownTimes(PlannedRules.in(plan), Routes.of(plan), Clock.systemUTC()), () -> {
            Set<TableName> detached = new HashSet<>(ledger.detached().keySet());
            detached.removeAll(dropped);
            createTables(plan, lake, detached);
        });
    }

    static ClaimedRun of(Ledger ledger, KnownTimes times, Runnable createTables) {
        // What takes long comes before the claim, which ends a run that is under way: behind it nobody writes.
        NewestTime.Fold found = times.read(ledger, new NewestTime.Fold());
        createTables.run();
        // Claimed before it is read: from here on an older run can't append behind what this one has seen.
        long number = ledger.claimRun();
        LedgerState before = ledger.read();
        return new ClaimedRun(number, before, ledger.schemas().used(), times.asked(times.read(ledger, found)));
    }

    private static void createTables(PipelinePlan plan, Lake lake, Set<TableName> butThese) {
        for (TablePlan table : plan.tables()) {
            if (table.action() == TableAction.CREATE && !butThese.contains(table.name())) {
                lake.create(table.spec());
            }
        }
        if (lake.table(plan.sink().names().quarantine()).isEmpty()) {
            lake.create(lake.quarantineTable());
        }
    }

    /** What the submission of the job adds to its plan. */
    public JobSettings settings(JobSettings.Restarts restarts) {
        return new JobSettings(
                number, StartPositions.of(before.positions(), before.lastRecords()), schemas, newest, restarts);
    }
}
