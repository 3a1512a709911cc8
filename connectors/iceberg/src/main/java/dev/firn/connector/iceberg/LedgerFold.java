package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Goes through a ledger's rows in their order and puts back what each leaves out, beginning with a row that has all positions. */
final class LedgerFold {

    private final String ledger;
    private final Map<Split, Long> positions = new HashMap<>();
    private final Map<Split, LastRecord> lastRecords = new HashMap<>();
    private boolean begun;

    LedgerFold(String ledger) {
        this.ledger = ledger;
    }

    /** Goes on where somebody has been. */
    LedgerFold(String ledger, Standing standing) {
        this(ledger);
        this.positions.putAll(standing.positions());
        this.lastRecords.putAll(standing.lastRecords());
        this.begun = true;
    }

    /** A row and what it means. */
    record Folded(LedgerRow row, Epoch epoch) {}

    Folded add(LedgerRow row) {
        Standing base = row.base().orElse(null);
        if (!begun && base == null) {
            throw new OutsideException("the ledger `" + ledger + "` has no row with all positions at or before epoch "
                    + row.epoch() + ": rows were deleted");
        }
        List<SplitProgress> progress = new ArrayList<>(row.moved().size());
        List<LedgerRow.Moved> moved = new ArrayList<>(row.moved().size());
        for (LedgerRow.Moved line : row.moved()) {
            SplitProgress read = progress(row, line, base);
            progress.add(read);
            moved.add(shortened(line, read.from()));
            positions.put(line.split(), read.to());
            Standing.note(read, lastRecords);
        }
        if (row.isRewind()) {
            goBackTo(row);
        } else if (base != null) {
            goOnFrom(row, base);
        }
        LedgerRow.Head head = row.head();
        return new Folded(
                row.withMoved(moved),
                new Epoch(
                        head.epoch(),
                        head.run(),
                        head.planHash(),
                        head.checkpoint(),
                        progress,
                        row.outcomes(),
                        row.staged(),
                        row.schemas()));
    }

    private SplitProgress progress(LedgerRow row, LedgerRow.Moved line, @Nullable Standing base) {
        Split split = line.split();
        if (line.from().isPresent()) {
            long from = line.from().getAsLong();
            return progress(line, from);
        }
        Long before = positions.get(split);
        if (before != null) {
            return progress(line, before);
        }
        Long after = base == null ? null : base.positions().get(split);
        if (after == null) {
            throw new OutsideException("the ledger `" + ledger + "` says in epoch " + row.epoch() + " how far " + split
                    + " was read, but no row says from where: rows were deleted");
        }
        return progress(line, after - line.advance());
    }

    private static SplitProgress progress(LedgerRow.Moved line, long from) {
        long to = from + line.advance();
        return new SplitProgress(line.split(), from, to, line.read(), LedgerRow.Tail.before(to, line.tail()));
    }

    private LedgerRow.Moved shortened(LedgerRow.Moved line, long from) {
        Long before = positions.get(line.split());
        return before != null && before == from
                ? new LedgerRow.Moved(line.split(), OptionalLong.empty(), line.read(), line.skipped(), line.tail())
                : line;
    }

    private void goOnFrom(LedgerRow row, Standing base) {
        if (begun && !positions.equals(base.positions())) {
            throw new LedgerAltered(ledger, row.epoch());
        }
        if (!begun) {
            positions.putAll(base.positions());
            lastRecords.putAll(base.lastRecords());
        }
        begun = true;
    }

    private void goBackTo(LedgerRow row) {
        Standing standing = row.base()
                .orElseThrow(() -> new OutsideException(
                        "the ledger `" + ledger + "` has a rewind without positions in epoch " + row.epoch()));
        positions.clear();
        positions.putAll(standing.positions());
        lastRecords.clear();
        lastRecords.putAll(standing.lastRecords());
        begun = true;
    }

    /** Where the splits stand behind the last row; a view. */
    Standing standing() {
        return new Standing(Collections.unmodifiableMap(positions), Collections.unmodifiableMap(lastRecords));
    }
}
