package dev.firn.cli.run;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Gaps that new epochs have recorded, told while somebody can still look for the reason. */
final class LostPositions {

    /** A screen holds no more; the ledger has them all. */
    private static final int TOLD = 5;

    private LostPositions() {}

    static List<String> sentences(List<Epoch> epochs) {
        List<OutcomeCount> lost = epochs.stream()
                .flatMap(epoch -> epoch.outcomes().stream())
                .filter(count -> count.outcome() == Outcome.LOST)
                .toList();
        List<String> sentences = new ArrayList<>();
        lost.stream()
                .limit(TOLD)
                .forEach(count -> sentences.add(String.format(
                        Locale.ROOT,
                        "lost: the source had deleted %,d positions of %s before they were read, %s",
                        count.records(),
                        count.split(),
                        count.reason())));
        if (lost.size() > TOLD) {
            sentences.add("lost: and so in " + (lost.size() - TOLD) + " more; the ledger has them all");
        }
        return sentences;
    }
}
