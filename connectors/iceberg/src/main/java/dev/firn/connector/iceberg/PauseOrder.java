package dev.firn.connector.iceberg;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a table says of records that have waited for it, so that newer ones come to it behind them. Each property has one writer, for a
 * REST catalog does not compare properties when it swaps:
 *
 * <pre>
 *   firn.shop.paused     writers set it, and whoever decides removes it
 *   firn.shop.resuming   set as the pause ends, removed when all that the ledger had is put back
 *   firn.shop.waiting    3-7: epochs in which records still waited for a table that was not paused any more; set by who takes epochs there
 *   firn.shop.put-back   all that waited up to this epoch is put back; set by who puts it back
 * </pre>
 *
 * @param paused whether it waits for somebody who decides
 * @param resuming whether somebody puts back what has waited, or was interrupted
 * @param after an epoch behind which all that waits is
 * @param waiting the epochs of which it is known that their records have waited though the table did not, any more
 * @param putBack 0 where nobody has ever put anything back
 */
record PauseOrder(boolean paused, boolean resuming, long after, Range waiting, long putBack) {

    /** First and last epoch; none is 0 to 0. */
    record Range(long first, long last) {

        private static final Range NONE = new Range(0, 0);

        private static Range of(@Nullable String text) {
            String[] ends = text == null ? new String[0] : text.split("-", -1);
            return ends.length == 2 ? new Range(number(ends[0]), number(ends[1])) : NONE;
        }

        String text() {
            return first + "-" + last;
        }
    }

    static PauseOrder in(Map<String, String> properties, String author) {
        String paused = properties.get(PauseMark.property(author));
        String resuming = properties.get(resuming(author));
        Range waiting = Range.of(properties.get(waiting(author)));
        long putBack = number(properties.get(putBack(author)));
        long after = LongStream.of(
                        paused == null ? Long.MAX_VALUE : PauseMark.after(paused),
                        resuming == null ? Long.MAX_VALUE : number(resuming),
                        waiting.last() > putBack ? waiting.first() - 1 : Long.MAX_VALUE)
                .min()
                .orElseThrow();
        return new PauseOrder(paused != null, resuming != null, Math.max(after, putBack), waiting, putBack);
    }

    static String resuming(String author) {
        return "firn." + author + ".resuming";
    }

    static String waiting(String author) {
        return "firn." + author + ".waiting";
    }

    static String putBack(String author) {
        return "firn." + author + ".put-back";
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException somebodyElse) {
            return 0;
        }
    }

    /** Whether records that have waited may have to go first. */
    boolean isOpen() {
        return paused || isResuming();
    }

    boolean isResuming() {
        return resuming || waiting.last() > putBack;
    }

    /** What is known once an epoch has records that wait as well. */
    Range waitingWith(long epoch) {
        return waiting.last() > putBack
                ? new Range(waiting.first(), Math.max(waiting.last(), epoch))
                : new Range(epoch, epoch);
    }

    /**
     * The first of some epochs that has rows of a split of which an older epoch has records that wait. Rows in the very epoch are older than
     * those that wait.
     *
     * @param ledger has them all
     */
    OptionalLong firstHeld(Ledger ledger, TableName table, Collection<StagedEpoch> epochs) {
        Set<Long> numbers = epochs.stream().map(StagedEpoch::epoch).collect(Collectors.toSet());
        Set<Split> waiting = new HashSet<>();
        long[] held = {Long.MAX_VALUE};
        ledger.history(after, written -> {
            Epoch epoch = written.epoch();
            if (held[0] < Long.MAX_VALUE || written.takenBack().isPresent()) {
                return;
            }
            List<OutcomeCount> ofTable = epoch.outcomes().stream()
                    .filter(count -> count.table().equals(table.full())
                            && count.outcome().countsRecords())
                    .toList();
            if (numbers.contains(epoch.number())
                    && ofTable.stream()
                            .anyMatch(count ->
                                    count.outcome() != Outcome.QUARANTINED && waiting.contains(count.split()))) {
                held[0] = epoch.number();
            }
            ofTable.stream()
                    .filter(count -> count.outcome() == Outcome.QUARANTINED
                            && count.reason().equals(RejectCode.TABLE_PAUSED.word()))
                    .forEach(count -> waiting.add(count.split()));
        });
        return held[0] == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(held[0]);
    }
}
