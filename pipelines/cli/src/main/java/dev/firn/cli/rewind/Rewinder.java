package dev.firn.cli.rewind;

import dev.firn.cli.ExitCode;
import dev.firn.cli.Failure;
import dev.firn.flink.commit.RollForward;
import dev.firn.flink.commit.RollForward.OpenTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableRewind;
import java.util.List;
import java.util.Map;

/**
 * Takes tables and positions back. The ledger goes first: from then on it is decided, and whoever starts next goes on with the
 * tables where this one was interrupted.
 */
public final class Rewinder {

    /** What {@code --allow} may say. */
    public static final String FOREIGN_SNAPSHOTS = "foreign-snapshots";

    /** The plan of an epoch that was no part of any job. */
    private static final String NO_PLAN = "";

    private final Lake lake;
    private final RewindPlanner planner;
    private final boolean othersMayGo;

    /** @param othersMayGo whether what others have done to the tables since may be taken back too */
    public Rewinder(Lake lake, RewindPlanner planner, boolean othersMayGo) {
        this.lake = lake;
        this.planner = planner;
        this.othersMayGo = othersMayGo;
    }

    /**
     * What was done.
     *
     * @param behind tables that have not gone back yet
     */
    public record Done(RewindPlan plan, Rewind.Rewound rewound, List<OpenTable> behind) {
        public Done {
            behind = List.copyOf(behind);
        }
    }

    /** @throws RewindRefused if the plan can't be carried out */
    public void check(RewindPlan plan) throws RewindRefused {
        if (!plan.obstacles().isEmpty()) {
            throw new RewindRefused(
                    ExitCode.NO,
                    "epoch " + plan.to() + " can't be gone back to, and nothing was changed"
                            + (plan.nearest().isPresent()
                                    ? "; the nearest that can is epoch "
                                            + plan.nearest().getAsLong()
                                    : "; nor can any epoch behind it"));
        }
        if (!plan.others().isEmpty() && !othersMayGo) {
            Map.Entry<TableName, List<ForeignSnapshot>> first =
                    plan.others().entrySet().iterator().next();
            throw new RewindRefused(
                    ExitCode.REFUSED,
                    "others have changed table `" + first.getKey() + "` since epoch " + plan.to()
                            + ", last with snapshot `"
                            + first.getValue().get(0).id()
                            + "`: what they did would go, too. If it may, say `--allow " + FOREIGN_SNAPSHOTS + "`");
        }
    }

    /**
     * Ends a run that may be under way, looks once more, and goes back.
     *
     * @throws RewindRefused if what has happened meanwhile is in the way
     */
    public Done rewind(long to) throws RewindRefused, InterruptedException {
        Ledger ledger = lake.ledger();
        // From here on no run can append to the ledger; what it has on the way to tables may still land there.
        long run = ledger.claimRun();
        List<OpenTable> lacking = new RollForward(lake).run(to);
        if (!lacking.isEmpty()) {
            throw new RewindRefused(
                    Failure.of(lacking.get(0).reason()).exitCode(),
                    "table `" + lacking.get(0).table() + "` lacks rows of epochs up to " + to
                            + ", and nothing was taken back: "
                            + lacking.get(0).reason().getMessage());
        }
        RewindPlan plan = planner.plan(to);
        check(plan);
        LedgerState state = ledger.read();
        long at = state.lastEpoch() + 1;
        for (TableRewind table : plan.tables()) {
            lake.keep(table, at);
        }
        Epoch epoch = new Epoch(
                at,
                run,
                NO_PLAN,
                0,
                List.of(),
                List.of(),
                plan.tables().stream().map(TableRewind::staged).toList());
        Rewind rewind = new Rewind(epoch, to, plan.positions());
        ledger.append(rewind);
        return new Done(plan, rewind.rewound(), new RollForward(lake).run());
    }
}
