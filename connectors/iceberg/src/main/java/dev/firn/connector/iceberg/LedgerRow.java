package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One row of the ledger as it is kept: what a row before it says already is left out.
 *
 * @param base where each split goes on that was ever read, in every so many rows
 */
record LedgerRow(
        Head head,
        Optional<Standing> base,
        List<Moved> moved,
        List<OutcomeCount> outcomes,
        List<StagedFiles> staged,
        LedgerSchemas schemas) {

    /**
     * A row's own figures.
     *
     * @param first the first epoch of the row: {@code epoch} itself, but where old epochs were added up
     * @param rewoundTo where the row is a rewind
     */
    record Head(
            long first,
            long epoch,
            long run,
            String planHash,
            long checkpoint,
            Instant writtenAt,
            long settledThrough,
            OptionalLong rewoundTo) {}

    /**
     * How far a split was read.
     *
     * @param from where that is not where the rows before have left it
     * @param skipped positions without a record
     * @param tail null where nothing is known of the last record
     */
    record Moved(Split split, OptionalLong from, long read, long skipped, @Nullable Tail tail) {

        long advance() {
            return read + skipped;
        }
    }

    /**
     * The last record of a split, as seen from where that stands.
     *
     * @param behind positions that were passed since
     * @param term of the leader that it was written under
     */
    record Tail(long behind, int term) {

        static @Nullable Tail of(long position, @Nullable LastRecord last) {
            return last == null ? null : new Tail(position - last.behind(), last.term());
        }

        static @Nullable LastRecord before(long position, @Nullable Tail tail) {
            return tail == null ? null : new LastRecord(position - tail.behind(), tail.term());
        }
    }

    LedgerRow {
        base = base.map(Standing::copy);
        moved = List.copyOf(moved);
        outcomes = List.copyOf(outcomes);
        staged = List.copyOf(staged);
    }

    /** @param before where the splits stand without this epoch */
    static LedgerRow of(Epoch epoch, long settledThrough, Standing before, Instant now) {
        List<Moved> moved = epoch.progress().stream()
                .map(line -> moved(line, before.positions().get(line.split())))
                .toList();
        Head head = new Head(
                epoch.number(),
                epoch.number(),
                epoch.run(),
                epoch.planHash(),
                epoch.checkpoint(),
                now.truncatedTo(ChronoUnit.MICROS),
                settledThrough,
                OptionalLong.empty());
        return new LedgerRow(head, Optional.empty(), moved, epoch.outcomes(), epoch.staged(), epoch.schemas());
    }

    /** A rewind has all positions, for they follow from no row before it. What was read last before those is not looked for. */
    static LedgerRow of(Rewind rewind, Instant now) {
        Epoch epoch = rewind.epoch();
        Head head = new Head(
                epoch.number(),
                epoch.number(),
                epoch.run(),
                epoch.planHash(),
                epoch.checkpoint(),
                now.truncatedTo(ChronoUnit.MICROS),
                epoch.number() - 1,
                OptionalLong.of(rewind.to()));
        return new LedgerRow(
                head,
                Optional.of(new Standing(rewind.positions(), Map.of())),
                List.of(),
                List.of(),
                epoch.staged(),
                epoch.schemas());
    }

    private static Moved moved(SplitProgress line, @Nullable Long before) {
        return new Moved(
                line.split(),
                before != null && before == line.from() ? OptionalLong.empty() : OptionalLong.of(line.from()),
                line.read(),
                line.to() - line.from() - line.read(),
                Tail.of(line.to(), line.last()));
    }

    long epoch() {
        return head.epoch();
    }

    LedgerRow withBase(Standing standing) {
        return new LedgerRow(head, Optional.of(standing), moved, outcomes, staged, schemas);
    }

    boolean isRewind() {
        return head.rewoundTo().isPresent();
    }

    LedgerRow withoutBase() {
        return new LedgerRow(head, Optional.empty(), moved, outcomes, staged, schemas);
    }

    LedgerRow withMoved(List<Moved> lines) {
        return new LedgerRow(head, base, lines, outcomes, staged, schemas);
    }

    /** Without what only a commit needs, once all commits are made; those to a table that is detached are still to come. */
    LedgerRow withoutPointers(Map<TableName, DetachedTable> detached) {
        List<StagedFiles> counts = staged.stream()
                .map(files -> waits(files, detached)
                        ? files
                        : new StagedFiles(
                                files.table(),
                                files.incarnation(),
                                new byte[0],
                                files.files(),
                                files.records(),
                                files.bytes()))
                .toList();
        return new LedgerRow(head, base, moved, outcomes, counts, schemas);
    }

    /** Whether a row needs all positions: whoever reads rows may begin with it, or it can't be read without. */
    boolean needsBase() {
        return isRewind() || isBase(epoch());
    }

    private boolean waits(StagedFiles files, Map<TableName, DetachedTable> detached) {
        DetachedTable table = detached.get(files.table());
        return table != null && epoch() > table.after();
    }

    /** Whether a row with this number has all positions; whoever reads rows begins with such a one. */
    static boolean isBase(long epoch) {
        return epoch == baseOf(epoch);
    }

    /** The newest row with all positions that is not behind {@code epoch}. */
    static long baseOf(long epoch) {
        return epoch - (epoch - 1) % LedgerTable.BASE_EVERY;
    }
}
