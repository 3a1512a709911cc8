package dev.firn.cli.rewind;

import dev.firn.cli.EndedReplay;
import dev.firn.cli.ExitCode;
import dev.firn.cli.Failure;
import dev.firn.cli.audit.SourceExtents;
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
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes tables and positions back. The ledger goes first: from then on it is decided, and whoever starts next goes on with the
 * tables where this one was interrupted.
 */
public final class Rewinder {

    /** The plan of an epoch that was no part of any job. */
    private static final String NO_PLAN = "";

    private final Lake lake;
    private final RewindPlanner planner;
    private final Supplier<SourceExtents> sources;
    private final Set<MayGo> allowed;

    /**
     * @param sources asked before it is decided, for they may have deleted something while somebody was thinking
     */
    public Rewinder(Lake lake, RewindPlanner planner, Supplier<SourceExtents> sources, Set<MayGo> allowed) {
        this.lake = lake;
        this.planner = planner;
        this.sources = sources;
        this.allowed = allowed;
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
        if (!plan.gone().isEmpty() && !allowed.contains(MayGo.TABLE_DROPPED)) {
            throw new RewindRefused(
                    ExitCode.REFUSED,
                    "table `" + plan.gone().get(0)
                            + "` is not there any more, or was made anew, and had rows from behind"
                            + " epoch " + plan.to() + ": if it is brought back later, it has them twice. Bring it back"
                            + " first; or, if it is gone for good, say `--allow " + MayGo.TABLE_DROPPED.word() + "`");
        }
        if (!plan.others().isEmpty() && !allowed.contains(MayGo.FOREIGN_SNAPSHOTS)) {
            Map.Entry<TableName, List<ForeignSnapshot>> first =
                    plan.others().entrySet().iterator().next();
            throw new RewindRefused(
                    ExitCode.REFUSED,
                    "others have changed table `" + first.getKey() + "` since epoch " + plan.to()
                            + ", last with snapshot `"
                            + first.getValue().get(0).id()
                            + "`: what they did would go, too. If it may, say `--allow "
                            + MayGo.FOREIGN_SNAPSHOTS.word() + "`");
        }
    }

    /** Who has agreed to lose what others have done has agreed to what was shown. */
    private static void requireShown(RewindPlan shown, RewindPlan plan) throws RewindRefused {
        for (Map.Entry<TableName, List<ForeignSnapshot>> table : plan.others().entrySet()) {
            List<ForeignSnapshot> known = shown.others().getOrDefault(table.getKey(), List.of());
            for (ForeignSnapshot other : table.getValue()) {
                if (!known.contains(other)) {
                    throw new RewindRefused(
                            ExitCode.REFUSED,
                            "others have changed table `" + table.getKey() + "` with snapshot `" + other.id()
                                    + "` since the plan was shown, and nothing was taken back: look once more");
                }
            }
        }
    }

    /**
     * Ends a run that may be under way, looks once more, and goes back.
     *
     * @param shown what somebody has agreed to
     * @throws RewindRefused if what has happened meanwhile is in the way
     */
    public Done rewind(RewindPlan shown) throws RewindRefused, InterruptedException {
        long to = shown.to();
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
        // And nothing is put back any more that the quarantine is about to lose.
        EndedReplay replay = EndedReplay.of(lake, table -> true);
        RewindPlan plan = planner.plan(to, sources.get());
        check(plan);
        requireShown(shown, plan);
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
        if (replay.hasBegunAgain()) {
            throw new RewindRefused(
                    ExitCode.REFUSED,
                    "somebody has begun to put records back from quarantine meanwhile, and nothing was taken back: look once"
                            + " more when that has ended");
        }
        ledger.append(rewind);
        return new Done(plan, rewind.rewound(), new RollForward(lake).run());
    }
}
