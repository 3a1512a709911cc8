package dev.firn.cli.rewind;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableRewind;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a rewind does, or why it can't be done.
 *
 * @param to the last epoch that stays; 0 for none
 * @param last the ledger's last epoch
 * @param writtenAt when {@code to} was written
 * @param positions of every split, behind {@code to}
 * @param splits that are read again
 * @param tables that go back
 * @param gone tables that had rows and are not there any more, or were made anew by somebody else
 * @param waiting epochs up to {@code to} that are not known to be in their tables: they are committed first
 * @param obstacles sentences
 * @param nearest where there are some, the first epoch behind {@code to} for which there are none
 */
public record RewindPlan(
        TableName ledger,
        long to,
        long last,
        Optional<Instant> writtenAt,
        SortedMap<Split, Long> positions,
        List<SplitBack> splits,
        List<TableRewind> tables,
        List<TableName> gone,
        List<Epoch> waiting,
        List<String> obstacles,
        OptionalLong nearest) {

    /** @param records that were read between the two and will be read again */
    public record SplitBack(Split split, long from, long to, long records) {}

    public RewindPlan {
        positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
        splits = List.copyOf(splits);
        tables = List.copyOf(tables);
        gone = List.copyOf(gone);
        waiting = List.copyOf(waiting);
        obstacles = List.copyOf(obstacles);
    }

    public boolean hasNothingToDo() {
        return to == last;
    }

    public long records() {
        return splits.stream().mapToLong(SplitBack::records).sum();
    }

    /** Snapshots of others that would go, by table. */
    public Map<TableName, List<ForeignSnapshot>> others() {
        Map<TableName, List<ForeignSnapshot>> others = new TreeMap<>();
        tables.stream()
                .filter(table -> !table.others().isEmpty())
                .forEach(table -> others.put(table.table(), table.others()));
        return others;
    }
}
