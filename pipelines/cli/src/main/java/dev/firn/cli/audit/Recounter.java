package dev.firn.cli.audit;

import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.TableRecount;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Counts again while the pipeline may run. What is asked for first can only be behind what is asked for later: tables, then
 * the ledger, which is written ahead of them, then the sources, which are ahead of the ledger.
 */
final class Recounter {

    private final TableName quarantine;
    private final Map<TableName, Optional<TableRecount>> counted;
    private final Map<TableName, String> uncounted;
    private final LedgerTotals totals;

    /** @param counted before the first epoch is added; empty for a table that is gone */
    Recounter(TableName quarantine, Map<TableName, Optional<TableRecount>> counted) {
        this(quarantine, counted, Map.of());
    }

    /** @param uncounted why a table could not be counted that the pipeline goes on without */
    Recounter(TableName quarantine, Map<TableName, Optional<TableRecount>> counted, Map<TableName, String> uncounted) {
        this.quarantine = quarantine;
        this.counted = counted;
        this.uncounted = uncounted;
        this.totals = new LedgerTotals(quarantine, counted);
    }

    /** Counts every table that the ledger has rows of, or that is about to be taken back to where it had none. */
    static Recounter countTables(Lake lake, TableName quarantine, RecountProgress progress) {
        Map<TableName, Optional<TableRecount>> counted = new TreeMap<>();
        Map<TableName, String> uncounted = new TreeMap<>();
        Set<TableName> detached = lake.ledger().detached().keySet();
        Set<TableName> named = new TreeSet<>(lake.ledger().written().keySet());
        lake.ledger().read().open().forEach(epoch -> epoch.staged().forEach(files -> named.add(files.table())));
        List<TableName> tables = List.copyOf(named);
        for (int index = 0; index < tables.size(); index++) {
            TableName table = tables.get(index);
            try {
                counted.put(table, lake.recount(table, progress.of(table, index + 1, tables.size())));
            } catch (OutsideException reason) {
                if (!detached.contains(table)) {
                    throw reason;
                }
                counted.put(table, Optional.empty());
                uncounted.put(table, String.valueOf(reason.getMessage()));
            }
        }
        return new Recounter(quarantine, counted, uncounted);
    }

    /** Adds an epoch of the ledger; all of them, in their order. */
    void add(WrittenEpoch epoch) {
        totals.add(epoch);
    }

    Recount recount(Supplier<SourceExtents> sources) {
        List<TableCheck> tables = new ArrayList<>();
        counted.forEach((table, found) -> tables.add(
                uncounted.containsKey(table)
                        ? TableCheck.uncounted(table, totals.rows(table), uncounted.getOrDefault(table, ""))
                        : TableCheck.of(table, totals.rows(table), found)));
        List<Note> notes = new ArrayList<>();
        List<ReasonCheck> reasons = reasons(tables, notes);
        List<PartitionCheck> partitions = sources.get().against(totals.extents());
        long deleted = partitions.stream().mapToLong(PartitionCheck::deleted).sum();
        if (deleted > 0) {
            notes.add(Note.says(
                    "%,d of the positions that were read are deleted where they came from: they can't be read again",
                    deleted));
        }
        return new Recount(partitions, tables, reasons, notes);
    }

    /** Where others have changed the quarantine table, what must be left of each reason is not known. */
    private List<ReasonCheck> reasons(List<TableCheck> tables, List<Note> notes) {
        TableCheck check = tables.stream()
                .filter(table -> table.table().equals(quarantine))
                .findFirst()
                .orElse(null);
        if (check == null || check.found().isEmpty() || check.verdict() == TableCheck.Verdict.DIFFERS) {
            return List.of();
        }
        SortedMap<String, Long> ledger = totals.reasons();
        SortedMap<String, Long> table = check.found().get().reasons();
        SortedSet<String> words = new TreeSet<>(ledger.keySet());
        words.addAll(table.keySet());
        List<ReasonCheck> checks = words.stream()
                .map(word -> new ReasonCheck(word, ledger.getOrDefault(word, 0L), table.getOrDefault(word, 0L)))
                .toList();
        if (checks.stream().anyMatch(ReasonCheck::differs)) {
            notes.add(
                    check.verdict() == TableCheck.Verdict.BALANCES
                            ? Note.wrong("the quarantine table has other reasons than the ledger")
                            : Note.says("others have changed the quarantine table, so its reasons are other ones"));
        }
        return checks;
    }
}
