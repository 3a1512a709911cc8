package dev.firn.flink.write;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.sink.UnknownRows;
import dev.firn.spi.sink.UnknownRows.Patience;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Waits until tables that take no row a second time have all that the ledger had for them when the run began: what they have is
 * found there, and nowhere else. The committer, which starts beside, takes it to them; it holds a table that it can't be taken to, and ends
 * the job once the table was held for as long as its {@code hold} says.
 */
final class CompleteTables {

    private final Lake lake;
    private final WriterConfig config;
    private final Predicate<TableName> without;
    private final Patience patience;

    /** @param without tables that the job goes on without: nothing is written to them */
    CompleteTables(Lake lake, WriterConfig config, Predicate<TableName> without) {
        this(lake, config, without, Patience.PAUSE);
    }

    CompleteTables(Lake lake, WriterConfig config, Predicate<TableName> without, Duration pause) {
        this.lake = lake;
        this.config = config;
        this.without = without;
        this.patience = new Patience(UnknownRows.AS_LONG_AS_IT_TAKES, pause);
    }

    void await() {
        wanted().forEach((table, epochs) -> UnknownRows.await(table, patience, () -> {
            if (lake.lacks(table, epochs)) {
                StagedEpoch last = epochs.get(epochs.size() - 1);
                throw new OutsideException("it lacks some of the epochs up to " + last.epoch()
                        + ", which are in the ledger, and are being committed");
            }
            return Boolean.TRUE;
        }));
    }

    /** What runs before this one have staged for each of them, in order; epochs that take rows back count, too. */
    private Map<TableName, List<StagedEpoch>> wanted() {
        Map<TableName, List<StagedEpoch>> wanted = new TreeMap<>();
        for (Epoch epoch : lake.ledger().read().open()) {
            if (epoch.run() < config.run()) {
                byTable(epoch).forEach((table, files) -> wanted.computeIfAbsent(table, first -> new ArrayList<>())
                        .add(new StagedEpoch(epoch.run(), epoch.number(), epoch.planHash(), files)));
            }
        }
        return wanted;
    }

    private Map<TableName, List<StagedFiles>> byTable(Epoch epoch) {
        Map<TableName, List<StagedFiles>> files = new TreeMap<>();
        for (StagedFiles staged : epoch.staged()) {
            TableName table = staged.table();
            if (config.unique().of(table).isPresent() && !without.test(table)) {
                files.computeIfAbsent(table, first -> new ArrayList<>()).add(staged);
            }
        }
        return files;
    }
}
