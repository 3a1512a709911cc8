package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.CommitGuard;
import dev.firn.connector.iceberg.CommitUnconfirmed;
import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.spi.schema.TableName;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Commits files that take the place of others and hold the same rows.
 *
 * @param lake where the table is
 * @param lock that must still hold
 */
record Rewriting(MaintainedLake lake, TableName table, TableLock lock) {

    /** Of a snapshot's summary: which attempt to commit it was. */
    static final String MARK = "firn.maintenance";

    private static final int ATTEMPTS = 6;

    /** What became of a commit. */
    enum Outcome {
        LANDED,
        /** Nothing of it is in the table, nor will be. */
        CONFLICT,
        /** It does not fit any more, but an earlier attempt at it may still land: its files must stay. */
        UNSURE
    }

    /**
     * Tries until it is known.
     *
     * @param planned the snapshot that was read: a table whose head does not come from it has other rows
     * @param change fills a new commit; called for each attempt
     */
    Outcome commit(long planned, Consumer<RewriteFiles> change) {
        Guard guard = new Guard(planned, UUID.randomUUID().toString());
        boolean unsure = false;
        for (int attempt = 1; ; attempt++) {
            lock.renew();
            Table now = lake.load(table);
            if (unsure && guard.landed(TableLock.metadata(now))) {
                return Outcome.LANDED;
            }
            try {
                RewriteFiles rewrite = lake.guarded(now, guard).newRewrite().validateFromSnapshot(planned);
                change.accept(rewrite);
                rewrite.set(MARK, guard.mark()).commit();
                return Outcome.LANDED;
            } catch (ValidationException | Conflict inTheWay) {
                return unsure ? Outcome.UNSURE : Outcome.CONFLICT;
            } catch (CommitUnconfirmed unknown) {
                unsure = true;
                if (attempt == ATTEMPTS) {
                    throw lake.failed("commit to table `" + table + "`", unknown);
                }
                Pause.before(attempt);
            }
        }
    }

    /** The head comes from what was planned on, and the table is still ours. */
    private final class Guard implements CommitGuard {

        private final long planned;
        private final String mark;

        Guard(long planned, String mark) {
            this.planned = planned;
            this.mark = mark;
        }

        String mark() {
            return mark;
        }

        @Override
        public void check(TableMetadata base) {
            lock.require(base);
            if (!Line.of(base).contains(planned)) {
                throw new Conflict(table + " was taken back to before what was read of it");
            }
        }

        @Override
        public boolean landed(TableMetadata now) {
            return Line.of(now).snapshots().stream().anyMatch(this::isThis);
        }

        private boolean isThis(Snapshot snapshot) {
            return snapshot.summary() != null && mark.equals(snapshot.summary().get(MARK));
        }
    }
}
