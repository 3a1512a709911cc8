package dev.firn.cli.run;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What to say about tables that were gone when a task started: once that one is, once that it gets rows again. */
final class GoneTables {

    private final Set<String> gone = new TreeSet<>();

    List<String> sentences(List<Epoch> epochs) {
        List<String> sentences = new ArrayList<>();
        for (Epoch epoch : epochs) {
            TreeMap<String, Long> refused = new TreeMap<>();
            Set<String> written = new TreeSet<>();
            for (OutcomeCount count : epoch.outcomes()) {
                if (count.outcome() == Outcome.ROUTED) {
                    written.add(count.table());
                } else if (count.outcome() == Outcome.QUARANTINED
                        && count.reason().equals(RejectCode.TABLE_GONE.word())) {
                    refused.merge(count.table(), count.records(), Long::sum);
                }
            }
            refused.forEach((table, records) -> {
                if (gone.add(table)) {
                    sentences.add(String.format(
                            Locale.ROOT,
                            "%s is gone: its records go to quarantine (%s) until it is back, %,d in epoch %d",
                            table,
                            RejectCode.TABLE_GONE.word(),
                            records,
                            epoch.number()));
                }
            });
            written.stream()
                    // Of two subtasks, one may have found the table before the other.
                    .filter(table -> !refused.containsKey(table) && gone.remove(table))
                    .forEach(table -> sentences.add(table + " is back, with epoch " + epoch.number()));
        }
        return sentences;
    }
}
