package dev.firn.cli.run;

import dev.firn.flink.commit.Reattachment;
import dev.firn.flink.commit.TableHealth;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.schema.TableName;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What to say about tables that the job goes on without: once that one is detached, still is at a start, and is attached again. */
final class DetachedLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private static final String QUARANTINE = "quarantine (" + RejectCode.TABLE_DETACHED.word() + ")";

    private final ZoneId zone;
    private final Set<TableName> detached;

    /** @param told tables of which it was said at the start */
    DetachedLines(ZoneId zone, Set<TableName> told) {
        this.zone = zone;
        this.detached = new HashSet<>(told);
    }

    /** The tables that a start has found detached and left so. */
    static Set<TableName> told(List<Reattachment.Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.reason().isPresent())
                .map(outcome -> outcome.table().table())
                .collect(Collectors.toSet());
    }

    static List<String> atStart(List<Reattachment.Outcome> outcomes) {
        return outcomes.stream().map(DetachedLines::atStart).toList();
    }

    private static String atStart(Reattachment.Outcome outcome) {
        DetachedTable table = outcome.table();
        String waited = waiting(outcome.waited().epochs(), outcome.waited().records());
        return outcome.reason()
                .map(reason -> table.table() + " is still detached, since epoch " + table.epoch() + ": " + reason + "; "
                        + waited + " in the ledger, new records for it go to " + QUARANTINE)
                .orElseGet(() -> table.table() + " is attached again: what waited for it is in ("
                        + counted(outcome.waited().epochs(), outcome.waited().records())
                        + "), new records go to it; what went to " + QUARANTINE + " stays there");
    }

    List<String> of(List<TableHealth> tables) {
        List<String> lines = new ArrayList<>();
        for (TableHealth health : tables) {
            health.detached()
                    .filter(table -> detached.add(table.table()))
                    .ifPresent(table -> lines.add(table.table()
                            + " is detached since " + TIME.format(table.at().atZone(zone)) + ", with epoch "
                            + table.epoch()
                            + ": " + table.reason() + "; " + waiting(health.openEpochs(), health.stagedRecords())
                            + " in the ledger until it is well, new records for it go to " + QUARANTINE
                            + ", the other tables go on"));
            if (health.detached().isEmpty() && detached.remove(health.table())) {
                lines.add(health.table() + " is attached again: what waited for it is in, with epoch "
                        + health.landedEpoch() + ", new records go to it; what went to " + QUARANTINE
                        + " stays there");
            }
        }
        return lines;
    }

    private static String counted(long epochs, long records) {
        return String.format(
                Locale.ROOT,
                "%,d %s with %,d %s",
                epochs,
                epochs == 1 ? "epoch" : "epochs",
                records,
                records == 1 ? "row" : "rows");
    }

    private static String waiting(long epochs, long records) {
        return counted(epochs, records) + (epochs == 1 ? " waits" : " wait");
    }
}
