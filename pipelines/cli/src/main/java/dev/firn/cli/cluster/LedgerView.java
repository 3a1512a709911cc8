package dev.firn.cli.cluster;

import dev.firn.cli.run.Account;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger tells of a pipeline.
 *
 * @param run the newest run that has written an epoch; 0 before the first
 * @param account where that run's records went
 * @param last when the newest epoch was written
 * @param tables of each table that ever had rows, the last epoch with some
 */
public record LedgerView(
        LedgerState state, long run, Account account, Optional<Instant> last, SortedMap<TableName, LastRows> tables) {

    /** The last epoch that had rows for a table. */
    public record LastRows(long epoch, Instant at) {}

    /** Reads it all, row by row. */
    public static LedgerView of(Lake lake) {
        return of(lake.ledger().read(), each -> lake.ledger().history(0, each));
    }

    /** @param history calls with every epoch, in order */
    static LedgerView of(LedgerState state, Consumer<Consumer<WrittenEpoch>> history) {
        Fold fold = new Fold();
        history.accept(fold::add);
        return new LedgerView(state, fold.run, fold.account, Optional.ofNullable(fold.last), fold.tables);
    }

    private static final class Fold {
        private final TreeMap<TableName, LastRows> tables = new TreeMap<>();
        private Account account = new Account(0);
        private long run;
        private @Nullable Instant last;

        void add(WrittenEpoch written) {
            if (written.takenBack().isPresent() || written.rewind().isPresent()) {
                return;
            }
            Epoch epoch = written.epoch();
            if (epoch.run() != run) {
                run = epoch.run();
                account = new Account(epoch.number() - 1);
            }
            account.add(List.of(epoch));
            last = written.at();
            for (StagedFiles staged : epoch.staged()) {
                tables.put(staged.table(), new LastRows(epoch.number(), written.at()));
            }
        }
    }
}
