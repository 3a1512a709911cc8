package dev.firn.flink.count;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The two sums of an epoch: per split, what was read is what was routed, quarantined or no data; per table, what was
 * routed is what its staged files hold. The file counts come from the files, not from who counted the routes.
 */
public final class BalanceSheet {

    private record Line(String what, String left, long leftCount, String right, long rightCount) {
        boolean holds() {
            return leftCount == rightCount;
        }

        @Override
        public String toString() {
            String verdict = holds() ? "" : "   <- differs by " + (leftCount - rightCount);
            return String.format(
                    Locale.ROOT, "  %-40s %s %,d = %s %,d%s", what, left, leftCount, right, rightCount, verdict);
        }
    }

    private final long epoch;
    private final List<Line> lines;

    private BalanceSheet(long epoch, List<Line> lines) {
        this.epoch = epoch;
        this.lines = lines;
    }

    public static BalanceSheet of(Epoch epoch, TableName quarantine) {
        Map<Split, long[]> splits = new TreeMap<>();
        Map<String, long[]> tables = new TreeMap<>();
        for (SplitProgress progress : epoch.progress()) {
            count(splits, progress.split(), 0, progress.read());
        }
        for (OutcomeCount count : epoch.outcomes()) {
            count(splits, count.split(), 1, count.records());
            if (count.outcome() == Outcome.ROUTED) {
                count(tables, count.table(), 0, count.records());
            } else if (count.outcome() == Outcome.QUARANTINED) {
                count(tables, quarantine.full(), 0, count.records());
            }
        }
        for (StagedFiles files : epoch.staged()) {
            count(tables, files.table().full(), 1, files.records());
        }
        List<Line> lines = new ArrayList<>();
        splits.forEach((split, sums) -> lines.add(new Line(split.id(), "read", sums[0], "accounted for", sums[1])));
        tables.forEach((table, sums) -> lines.add(new Line(table, "routed", sums[0], "in files", sums[1])));
        return new BalanceSheet(epoch.number(), List.copyOf(lines));
    }

    private static <K> void count(Map<K, long[]> sums, K key, int side, long records) {
        sums.computeIfAbsent(key, missing -> new long[2])[side] += records;
    }

    public boolean holds() {
        return lines.stream().allMatch(Line::holds);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("balance sheet of epoch " + epoch + "\n");
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
