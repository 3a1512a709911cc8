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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The two sums of an epoch: per split, {@code read = routed - copied + quarantined + non-data + filtered + dropped + superseded + deduplicated + deleted}; per table, what was routed
 * is what its staged files hold. The file counts come from the files, not from who counted the routes.
 *
 * <p>As text it says of a sum that does not hold all that it was made of; of those that hold, only so many that a person
 * still sees the others.
 */
public final class BalanceSheet {

    /** What is shown of sums that hold, and of what a broken one is made of. */
    private static final int SHOWN = 20;

    /** One side against the other, in words. */
    interface Sum {

        boolean holds();

        /** In one line: {@code kafka/orders-0   read 5 = routed 4 = 4   <- 1 without an outcome}. */
        String line();

        /** What it was made of, a line each. */
        List<String> details();
    }

    private final long epoch;
    private final List<Sum> sums;

    private BalanceSheet(long epoch, List<Sum> sums) {
        this.epoch = epoch;
        this.sums = sums;
    }

    public static BalanceSheet of(Epoch epoch, TableName quarantine) {
        Map<Split, SplitSum> splits = new TreeMap<>();
        Map<String, TableSum> tables = new TreeMap<>();
        for (SplitProgress progress : epoch.progress()) {
            splits.computeIfAbsent(progress.split(), SplitSum::new).read(progress);
        }
        for (OutcomeCount count : epoch.outcomes()) {
            if (count.outcome() == Outcome.LOST) {
                // Positions that were passed unread: on neither side.
                continue;
            }
            if (!count.outcome().countsRecords()) {
                continue;
            }
            splits.computeIfAbsent(count.split(), SplitSum::new).add(count);
            switch (count.outcome()) {
                case ROUTED -> table(tables, count.table()).routed(count);
                case QUARANTINED -> table(tables, quarantine.full()).routed(count);
                case COPIED, NON_DATA, FILTERED, DROPPED, SUPERSEDED, DELETED, DEDUPLICATED, LOST, EVENT_TIME -> {}
            }
        }
        for (StagedFiles files : epoch.staged()) {
            table(tables, files.table().full()).staged(files);
        }
        List<Sum> sums = Stream.<Sum>concat(splits.values().stream(), tables.values().stream())
                .toList();
        return new BalanceSheet(epoch.number(), sums);
    }

    private static TableSum table(Map<String, TableSum> tables, String name) {
        return tables.computeIfAbsent(name, TableSum::new);
    }

    public boolean holds() {
        return sums.stream().allMatch(Sum::holds);
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("balance sheet of epoch " + epoch);
        int held = 0;
        for (Sum sum : sums) {
            if (!sum.holds()) {
                lines.add("  " + sum.line());
                addDetails(sum.details(), lines);
            } else if (held++ < SHOWN) {
                lines.add("  " + sum.line());
            }
        }
        if (held > SHOWN) {
            lines.add("  and " + (held - SHOWN) + " more that hold");
        }
        return String.join("\n", lines) + "\n";
    }

    private static void addDetails(List<String> details, List<String> lines) {
        details.stream().limit(SHOWN).forEach(detail -> lines.add("      " + detail));
        if (details.size() > SHOWN) {
            lines.add("      and " + (details.size() - SHOWN) + " more");
        }
    }
}
