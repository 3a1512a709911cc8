package dev.firn.flink.commit;

import dev.firn.definition.bind.Share;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many of some records went to quarantine. A record that goes to several tables counts once for each; one that is no data does not
 * count, nor does one that waits there for its table: for a decision, as the file says, or until somebody brings it back.
 *
 * @param records in all
 * @param quarantined of them
 * @param reasons how many of these went there why
 */
record QuarantineShare(long records, long quarantined, Map<Reason, Long> reasons) {

    private static final Set<String> WAITING =
            Set.of(RejectCode.TABLE_PAUSED.word(), RejectCode.TABLE_DETACHED.word(), RejectCode.TABLE_GONE.word());

    private static final QuarantineShare NOTHING = new QuarantineShare(0, 0, Map.of());

    /** @param table empty where no table was found */
    record Reason(String table, String code) implements Comparable<Reason> {
        @Override
        public int compareTo(Reason other) {
            int byCode = code.compareTo(other.code);
            return byCode != 0 ? byCode : table.compareTo(other.table);
        }

        /** {@code bad-utf8 of sales.orders}. */
        @Override
        public String toString() {
            return "`" + code + "`" + (table.isEmpty() ? "" : " of `" + table + "`");
        }
    }

    QuarantineShare {
        reasons = Map.copyOf(reasons);
    }

    static QuarantineShare of(Epoch epoch) {
        long records = epoch.progress().stream().mapToLong(SplitProgress::read).sum();
        long quarantined = 0;
        Map<Reason, Long> reasons = new TreeMap<>();
        for (OutcomeCount count : epoch.outcomes()) {
            if (count.outcome() == Outcome.COPIED) {
                records += count.records();
            } else if (count.outcome() == Outcome.NON_DATA || isWaiting(count)) {
                records -= count.records();
            } else if (isFlooding(count)) {
                quarantined += count.records();
                reasons.merge(new Reason(count.table(), count.reason()), count.records(), Long::sum);
            }
        }
        return new QuarantineShare(records, quarantined, reasons);
    }

    /** Whether they went to quarantine for what they are. */
    static boolean isFlooding(OutcomeCount count) {
        return count.outcome() == Outcome.QUARANTINED && !WAITING.contains(count.reason());
    }

    private static boolean isWaiting(OutcomeCount count) {
        return count.outcome() == Outcome.QUARANTINED && WAITING.contains(count.reason());
    }

    static QuarantineShare sum(Collection<QuarantineShare> shares) {
        return shares.stream().reduce(NOTHING, QuarantineShare::plus);
    }

    QuarantineShare plus(QuarantineShare more) {
        Map<Reason, Long> both = new TreeMap<>(reasons);
        more.reasons.forEach((reason, count) -> both.merge(reason, count, Long::sum));
        return new QuarantineShare(records + more.records, quarantined + more.quarantined, both);
    }

    boolean isAbove(Share share) {
        return Math.multiplyExact(quarantined, 10_000L) > Math.multiplyExact(records, (long) share.basisPoints());
    }

    /** In hundredths of a percent, rounded up: what is above a limit never looks as if it were the limit. */
    long basisPoints() {
        return records == 0 ? 0 : (Math.multiplyExact(quarantined, 10_000L) + records - 1) / records;
    }

    /** The commonest first. */
    List<Map.Entry<Reason, Long>> byCount() {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.<Reason, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }
}
