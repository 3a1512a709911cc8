package dev.firn.cli.rollback;

import dev.firn.cli.EndedReplay;
import dev.firn.cli.Failure;
import dev.firn.flink.commit.RollForward;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.SchemaRollback;
import java.util.List;

/** Does what was shown, when no run of the pipeline can write to its tables any more. */
public final class Rollbacker {

    private final Lake lake;

    public Rollbacker(Lake lake) {
        this.lake = lake;
    }

    /**
     * Takes a table back.
     *
     * @param shown what somebody has agreed to
     * @throws dev.firn.spi.sink.CommitRefused if the table is not as it was shown any more
     */
    public void rollBack(SchemaRollback shown) throws RollbackRefused, InterruptedException {
        lake.rollBack(shown, alone(shown.to().table()));
    }

    /**
     * Lets versions go on.
     *
     * @param shown what {@link Lake#heldBack} has said
     */
    public void undo(TableName table, List<String> shown) throws RollbackRefused, InterruptedException {
        lake.undoRollback(table, shown, alone(table));
    }

    /** Answers the run that nobody else has now. What the ledger has for the table comes there first: it was written by what is bound now. */
    private long alone(TableName table) throws RollbackRefused, InterruptedException {
        Ledger ledger = lake.ledger();
        long run = ledger.claimRun();
        for (RollForward.OpenTable open : new RollForward(lake).run()) {
            if (open.table().equals(table)) {
                throw new RollbackRefused(
                        Failure.of(open.reason()).exitCode(),
                        "table `" + table + "` lacks rows that the ledger has for it, and nothing was changed: "
                                + open.reason().getMessage());
            }
        }
        // It writes rows of newer versions, too.
        EndedReplay.of(lake, table::equals);
        return run;
    }
}
