package dev.firn.it.testing.windows;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.StagedFiles;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The epoch that a window is about.
 *
 * @param pid of the process that commits it
 * @param tables that it has rows for
 */
public record CaughtEpoch(long number, long checkpoint, long pid, long records, Set<String> tables) {

    static CaughtEpoch of(Epoch epoch) {
        return new CaughtEpoch(
                epoch.number(),
                epoch.checkpoint(),
                ProcessHandle.current().pid(),
                epoch.staged().stream().mapToLong(StagedFiles::records).sum(),
                epoch.staged().stream()
                        .filter(files -> files.records() > 0)
                        .map(files -> files.table().full())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    String text() {
        return number + " " + checkpoint + " " + pid + " " + records + " " + String.join(",", tables);
    }

    static CaughtEpoch parse(String text) {
        String[] words = text.split(" ");
        return new CaughtEpoch(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                new TreeSet<>(List.of(words[4].split(","))));
    }
}
