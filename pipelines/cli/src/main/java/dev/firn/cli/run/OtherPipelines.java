package dev.firn.cli.run;

import dev.firn.plan.PipelinePlan;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.OtherPipeline;
import dev.firn.spi.source.SplitRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds records that this pipeline has not read, is about to read, and that another one has written to the same table: as a
 * pipeline has that was given another name, for its ledger and its state go by the name.
 *
 * @param known splits that this pipeline's ledger has positions of
 */
record OtherPipelines(PipelinePlan plan, Lake lake, Set<Split> known, Set<Allowed> allowed) {

    /** A stream's part in its incarnation, whoever reads it, by what name ever. */
    private record Part(String stream, int partition, String incarnation) {
        static Part of(Split split) {
            return new Part(split.stream(), split.partition(), split.incarnation());
        }
    }

    /** @throws RunRefused if there are some, and nobody said that they may be there twice */
    void check(List<SplitRange> live) throws RunRefused {
        List<SplitRange> fresh =
                live.stream().filter(range -> !known.contains(range.split())).toList();
        if (fresh.isEmpty() || allowed.contains(Allowed.WRITTEN_BY_ANOTHER)) {
            return;
        }
        for (Map.Entry<TableName, List<SplitRange>> table : byTable(fresh).entrySet()) {
            for (OtherPipeline other : lake.otherPipelines(table.getKey())) {
                check(table.getKey(), other, table.getValue());
            }
        }
    }

    private Map<TableName, List<SplitRange>> byTable(List<SplitRange> fresh) {
        Map<TableName, List<SplitRange>> tables = new TreeMap<>();
        for (SplitRange range : fresh) {
            String id = range.split().source() + "/" + range.split().stream();
            plan.routes().stream()
                    .filter(route -> (route.source() + "/" + route.stream()).equals(id))
                    .forEach(route -> tables.computeIfAbsent(route.table(), first -> new ArrayList<>())
                            .add(range));
            plan.tablesByValue().stream()
                    .filter(byValue -> byValue.streams().contains(id))
                    .flatMap(byValue -> byValue.there().stream().flatMap(List::stream))
                    .forEach(table -> tables.computeIfAbsent(table, first -> new ArrayList<>())
                            .add(range));
        }
        return tables;
    }

    private void check(TableName table, OtherPipeline other, List<SplitRange> ranges) throws RunRefused {
        Optional<Ledger> ledger = lake.ledgerOf(other);
        if (ledger.isEmpty()) {
            throw new RunRefused("table `" + table + "` has rows of pipeline `" + other.name() + "`, whose ledger"
                    + other.ledger().map(name -> " `" + name + "`").orElse("")
                    + " is not there any more: what this pipeline reads may be among them and be written a second time. "
                    + mend(other));
        }
        Map<Part, Long> reached = new HashMap<>();
        ledger.get().read().positions().forEach((split, end) -> reached.put(Part.of(split), end));
        for (SplitRange range : ranges) {
            long end = reached.getOrDefault(Part.of(range.split()), 0L);
            if (range.start() < Math.min(end, range.end()) && hasWritten(ledger.get(), range.split(), table)) {
                throw new RunRefused("table `" + table + "` has rows that pipeline `" + other.name()
                        + "` has read from `" + range.split().stream() + "`: `" + range.split()
                        + "` would be read from " + range.start() + ", which the ledger `"
                        + other.ledger().orElseThrow()
                        + "` says was read up to " + end + ", and be written a second time. " + mend(other));
            }
        }
    }

    /** In the ledger's history, which is long, so it is asked last. */
    private static boolean hasWritten(Ledger ledger, Split split, TableName table) {
        AtomicBoolean found = new AtomicBoolean();
        ledger.history(0, written -> {
            if (!found.get() && written.takenBack().isEmpty() && says(written, split, table)) {
                found.set(true);
            }
        });
        return found.get();
    }

    private static boolean says(WrittenEpoch written, Split split, TableName table) {
        return written.epoch().outcomes().stream()
                .anyMatch(count -> count.outcome() == Outcome.ROUTED
                        && count.table().equals(table.full())
                        && Part.of(count.split()).equals(Part.of(split)));
    }

    private static String mend(OtherPipeline other) {
        return "If this is `" + other.name() + "` with another name, name it so again; or, to write them again on"
                + " purpose, say `--allow " + Allowed.WRITTEN_BY_ANOTHER.word() + "`";
    }
}
