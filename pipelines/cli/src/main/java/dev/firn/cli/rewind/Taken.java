package dev.firn.cli.rewind;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One pass through the ledger: what a rewind to an epoch would take back. */
final class Taken {

    private final long to;
    private final Map<Split, Long> read = new TreeMap<>();
    private final Map<Split, Long> firstSeen = new TreeMap<>();
    private final Map<TableName, Set<String>> tables = new TreeMap<>();
    private Optional<String> obstacle = Optional.empty();
    private Optional<Instant> writtenAt = Optional.empty();

    Taken(long to) {
        this.to = to;
    }

    /** Adds an epoch; all of them, in their order. */
    void add(WrittenEpoch written) {
        Epoch epoch = written.epoch();
        if (epoch.number() == to) {
            writtenAt = Optional.of(written.at());
            obstacle = written.takenBack()
                    .map(rewind -> "epoch " + to + " does not count any more: the rewind in epoch " + rewind.at()
                            + " has taken it back");
        }
        if (epoch.number() <= to) {
            return;
        }
        if (written.first() <= to) {
            obstacle = Optional.of("the ledger has added up the epochs " + written.first() + " to " + epoch.number()
                    + " in one row, so it can't be parted behind epoch " + to);
        }
        for (StagedFiles files : epoch.staged()) {
            tables.computeIfAbsent(files.table(), table -> new TreeSet<>()).add(files.incarnation());
        }
        for (SplitProgress line : epoch.progress()) {
            firstSeen.putIfAbsent(line.split(), line.from());
            if (written.takenBack().isEmpty()) {
                read.merge(line.split(), line.read(), Long::sum);
            }
        }
    }

    long to() {
        return to;
    }

    /** Records of each split that were read behind the epoch. */
    Map<Split, Long> read() {
        return read;
    }

    /** Where the splits were opened that were read behind the epoch, for those that it does not know. */
    Map<Split, Long> firstSeen() {
        return firstSeen;
    }

    /** Those that were given anything behind the epoch, and what they were called then. */
    Map<TableName, Set<String>> tables() {
        return tables;
    }

    /** Why the ledger can't go back to the epoch. */
    Optional<String> obstacle() {
        return obstacle;
    }

    Optional<Instant> writtenAt() {
        return writtenAt;
    }
}
