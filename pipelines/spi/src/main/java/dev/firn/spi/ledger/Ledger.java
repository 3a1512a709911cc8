package dev.firn.spi.ledger;

import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The pipeline's write-ahead ledger: what is in it will be committed, whoever starts next. Methods block and throw
 * {@link dev.firn.spi.source.OutsideException} where the catalog can't be reached.
 */
public interface Ledger {

    LedgerState read();

    /** All epochs with a number above {@code epoch}, in order; for the newest few, because all are held at a time. */
    List<Epoch> since(long epoch);

    /**
     * What the epochs behind {@code after} up to {@code through} have staged for one table, in order; those without rows for it
     * are left out. A ledger that can be read row by row takes no more memory for it than the answer does.
     */
    default List<StagedEpoch> staged(TableName table, long after, long through) {
        return since(after).stream()
                .filter(epoch -> epoch.number() <= through)
                .map(epoch -> new StagedEpoch(
                        epoch.run(),
                        epoch.number(),
                        epoch.planHash(),
                        epoch.staged().stream()
                                .filter(files -> files.table().equals(table))
                                .toList()))
                .filter(epoch -> !epoch.files().isEmpty())
                .toList();
    }

    /** Which tables the pipeline has ever written rows for that still count, as far back as the ledger reaches. */
    Map<TableName, Written> written();

    /** The last epoch that had rows for a table, and the table's incarnation then. */
    record Written(long epoch, String incarnation) {}

    /**
     * All schemas that the pipeline's records were ever read with, also in epochs that were taken back since, and the newest that a
     * plan found for each stream. A ledger that can be read column by column takes no more of it than it must.
     */
    default LedgerSchemas schemas() {
        LedgerSchemas.Fold all = new LedgerSchemas.Fold();
        history(0, written -> all.add(written.epoch().schemas()));
        return all.schemas();
    }

    /**
     * The newest event times of what was read before, by all epochs that count.
     *
     * @param before what has been read of them already, which is not read again
     */
    default NewestTime.Fold newestTimes(NewestTime.Fold before) {
        return before.with(this);
    }

    /** Where each split goes on behind an epoch, whatever came later; nothing behind 0. */
    Map<Split, Long> positionsBehind(long epoch);

    /** Calls {@code each} with all epochs with a number above {@code epoch}, in order, however many they are. */
    void history(long epoch, Consumer<WrittenEpoch> each);

    /** Claims the next run number; from then on no older run can append. */
    long claimRun();

    /**
     * Appends one epoch, at most once whatever was answered before. {@code settledThrough}: all epochs up to this one
     * are known to be in all their tables.
     *
     * @throws RunSuperseded if a newer run has claimed the ledger
     * @throws IllegalStateException if the epoch does not follow the ledger's last
     */
    void append(Epoch epoch, long settledThrough);

    /** The tables that are detached now. */
    Map<TableName, DetachedTable> detached();

    /** What waits for each table that is detached, reading row by row. */
    default Map<TableName, WaitingEpochs> waiting() {
        Map<TableName, WaitingEpochs> waiting = new TreeMap<>();
        long last = read().lastEpoch();
        for (DetachedTable table : detached().values()) {
            WaitingEpochs sum = WaitingEpochs.NONE;
            for (StagedEpoch epoch : staged(table.table(), table.after(), last)) {
                sum = sum.plus(epoch.epoch(), epoch.records(), epoch.bytes());
            }
            waiting.put(table.table(), sum);
        }
        return waiting;
    }

    /**
     * Takes down that a table is detached. From then on its epochs may be settled without it, and their pointers to its files
     * stay all the same.
     *
     * @throws RunSuperseded if a newer run has claimed the ledger
     */
    void detach(DetachedTable table, long run);

    /**
     * Strikes out that a table is detached; nothing may wait for it any more.
     *
     * @throws RunSuperseded if a newer run has claimed the ledger
     */
    void attach(TableName table, long run);

    /**
     * Appends a rewind as {@link #append} appends an epoch. From then on the epochs that it takes back are gone from
     * {@link #read}, and whoever starts next takes the tables back.
     */
    void append(Rewind rewind);

    /**
     * Lets the ledger look after itself once an epoch is in it and on its way to its tables; takes its time now and then. What
     * fails can wait for the next time, so it throws nothing.
     */
    void upkeep(Epoch written);

    /** A newer run writes this pipeline's tables now; this one must stop. */
    final class RunSuperseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public RunSuperseded(long mine, long newest) {
            super("run " + mine + " stops: run " + newest
                    + " of this pipeline has started since and writes its tables");
        }
    }
}
