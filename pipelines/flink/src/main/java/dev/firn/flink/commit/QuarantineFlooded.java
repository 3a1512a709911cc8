package dev.firn.flink.commit;

import dev.firn.definition.HaltOptions;
import dev.firn.definition.bind.Spans;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StopCode;
import dev.firn.spi.record.Split;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** More goes to quarantine than {@code halt-above} lets through; the job ends. */
final class QuarantineFlooded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is shown of reasons. */
    private static final int SHOWN = 3;

    /**
     * @param span what was counted, the epoch included
     * @param epoch that is not committed
     */
    QuarantineFlooded(HaltOptions limit, QuarantineShare span, Epoch epoch) {
        super(String.format(
                Locale.ROOT,
                "%s: %,d of %,d records of the last %s go to quarantine, %s%%, and `halt-above` lets %s through: %s.%s The job stops before"
                        + " they are committed, and nothing is lost: the next run reads the records of epoch %,d again, and the bad ones of"
                        + " the epochs before are in quarantine. Mend what is wrong and start it; or, for what is to go there all the same, give"
                        + " it a larger `share`, or none. See `firn help %s`",
                StopCode.QUARANTINE_FLOOD.word(),
                span.quarantined(),
                span.records(),
                Spans.text(limit.over()),
                percent(span.basisPoints()),
                limit.share(),
                reasons(span.byCount()),
                most(epoch),
                epoch.number(),
                StopCode.QUARANTINE_FLOOD.word()));
    }

    private static String percent(long basisPoints) {
        return String.format(Locale.ROOT, "%d.%02d", basisPoints / 100, basisPoints % 100)
                .replaceFirst("\\.?0+$", "");
    }

    private static String reasons(List<Map.Entry<QuarantineShare.Reason, Long>> reasons) {
        StringBuilder words = new StringBuilder();
        for (Map.Entry<QuarantineShare.Reason, Long> reason : reasons.subList(0, Math.min(SHOWN, reasons.size()))) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%,d %s", reason.getValue(), reason.getKey()));
        }
        int more = reasons.size() - SHOWN;
        return more > 0
                ? words + String.format(Locale.ROOT, " and %,d more %s", more, more == 1 ? "reason" : "reasons")
                : words.toString();
    }

    /** Where to look: the records of the epoch itself are in no table. */
    private static String most(Epoch epoch) {
        Map<Split, Long> bySplit = new TreeMap<>();
        for (OutcomeCount count : epoch.outcomes()) {
            if (QuarantineShare.isFlooding(count)) {
                bySplit.merge(count.split(), count.records(), Long::sum);
            }
        }
        Optional<Map.Entry<Split, Long>> most = bySplit.entrySet().stream().max(Map.Entry.comparingByValue());
        return most.flatMap(entry -> epoch.progress().stream()
                        .filter(progress -> progress.split().equals(entry.getKey()))
                        .findFirst()
                        .map(progress -> words(progress, entry.getValue())))
                .orElse("");
    }

    private static String words(SplitProgress progress, long records) {
        return String.format(
                Locale.ROOT,
                " Of those that came last %,d are in %s, between positions %d and %d.",
                records,
                progress.split().id(),
                progress.from(),
                progress.to() - 1);
    }
}
