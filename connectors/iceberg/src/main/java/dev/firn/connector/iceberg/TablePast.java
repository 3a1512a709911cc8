package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import dev.firn.spi.sink.TableRewind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that a table's head comes from, looked at for one that a rewind can go back to: the one right before the first
 * of the pipeline's that must go, be it the pipeline's or somebody else's.
 *
 * @param line from the head back to the oldest that is left
 */
record TablePast(TableMarks marks, TableMetadata metadata, List<Snapshot> line) {

    /** A commit of the pipeline's: its epochs, both inclusive, and where it is in the line. */
    private record Own(long first, long last, int at) {}

    static TablePast of(TableMarks marks, TableMetadata metadata) {
        List<Snapshot> line = new ArrayList<>();
        for (Snapshot at = metadata.currentSnapshot(); at != null; at = TableMarks.parent(metadata, at)) {
            line.add(at);
        }
        return new TablePast(marks, metadata, line);
    }

    TableRewind rewind(long to) {
        List<Own> behind = behind(to);
        List<Snapshot> gone = gone(behind);
        long snapshot = behind.isEmpty() ? head() : before(behind.get(behind.size() - 1));
        return new TableRewind(
                marks.table(),
                snapshot == RewindPointer.NONE ? OptionalLong.empty() : OptionalLong.of(snapshot),
                behind.size(),
                gone.stream()
                        .filter(marks::isOwn)
                        .mapToLong(own -> ForeignHistory.number(own.summary(), SnapshotSummary.ADDED_RECORDS_PROP))
                        .sum(),
                changedByOthers(gone),
                obstacle(to, behind),
                nearest(to),
                new StagedFiles(
                        marks.table(),
                        String.valueOf(metadata.uuid()),
                        new RewindPointer(to, snapshot, head()).encode(),
                        0,
                        0,
                        0));
    }

    private List<Snapshot> gone(List<Own> behind) {
        return behind.isEmpty()
                ? List.of()
                : line.subList(0, behind.get(behind.size() - 1).at() + 1);
    }

    private boolean isReplay(Snapshot snapshot) {
        return snapshot.summary() != null
                && LakeNames.replayOf(marks.pipeline())
                        .equals(snapshot.summary().get(TableMarks.PIPELINE));
    }

    /** The pipeline's commits with anything behind an epoch, the newest first. */
    private List<Own> behind(long to) {
        List<Own> own = new ArrayList<>();
        for (int at = 0; at < line.size(); at++) {
            Snapshot snapshot = line.get(at);
            if (marks.isOwn(snapshot)) {
                long last = ForeignHistory.number(snapshot.summary(), TableMarks.EPOCH);
                if (last <= to) {
                    break;
                }
                long first = ForeignHistory.number(snapshot.summary(), TableMarks.FIRST_EPOCH);
                own.add(new Own(first == 0 ? last : first, last, at));
            }
        }
        return own;
    }

    private Optional<String> obstacle(long to, List<Own> behind) {
        for (Own own : behind) {
            if (own.first() <= to) {
                return Optional.of("`" + marks.table() + "` has the epochs " + own.first() + " to " + own.last()
                        + " in one commit, so it can't be parted behind epoch " + to);
            }
        }
        for (Snapshot snapshot : gone(behind)) {
            if (isReplay(snapshot)) {
                return Optional.of(
                        "`" + marks.table() + "` has rows that were put back from quarantine since (snapshot `"
                                + snapshot.snapshotId() + "`), which would go and not come again");
            }
        }
        long oldest = oldestKnown(behind);
        return isExpired(to, behind, oldest)
                ? Optional.of("the snapshots of `" + marks.table() + "` from before epoch " + oldest + " have expired")
                : Optional.empty();
    }

    /** All that the pipeline has committed from this epoch on can be told; 1 behind its last where that is nothing. */
    private long oldestKnown(List<Own> behind) {
        return behind.isEmpty()
                ? marks.lastEpoch(metadata) + 1
                : behind.get(behind.size() - 1).first();
    }

    /**
     * Whether what to go back to is gone, or can't be told from what must go: others may have put compactions on top of commits
     * that have expired since, and those have the rows.
     */
    private boolean isExpired(long to, List<Own> behind, long oldest) {
        if (line.isEmpty() || line.get(line.size() - 1).parentId() == null) {
            return false;
        }
        return isLastInLine(behind) || (oldest > to + 1 && !reaches(to));
    }

    private boolean isLastInLine(List<Own> behind) {
        return !behind.isEmpty() && behind.get(behind.size() - 1).at() + 1 == line.size();
    }

    private boolean reaches(long to) {
        return line.stream()
                .anyMatch(snapshot ->
                        marks.isOwn(snapshot) && ForeignHistory.number(snapshot.summary(), TableMarks.EPOCH) <= to);
    }

    /** Each obstacle is one of the oldest commit that must go, so it is gone right before that commit, or else behind it. */
    private long nearest(long to) {
        long at = to;
        List<Own> behind = behind(at);
        while (obstacle(at, behind).isPresent()) {
            long before = oldestKnown(behind) - 1;
            at = behind.isEmpty() || (before > at && !isLastInLine(behind))
                    ? before
                    : behind.get(behind.size() - 1).last();
            behind = behind(at);
        }
        return at;
    }

    private long before(Own own) {
        Long parent = line.get(own.at()).parentId();
        return parent == null ? RewindPointer.NONE : parent;
    }

    private long head() {
        return line.isEmpty() ? RewindPointer.NONE : line.get(0).snapshotId();
    }

    /** Compaction and the like is no loss: it wrote the same rows anew. */
    private List<ForeignSnapshot> changedByOthers(List<Snapshot> snapshots) {
        return snapshots.stream()
                .filter(snapshot -> !marks.isOwn(snapshot) && !DataOperations.REPLACE.equals(snapshot.operation()))
                .map(ForeignHistory::change)
                .toList();
    }

    /**
     * What must go and nobody has agreed to lose: snapshots of others that are newer than {@code head}; null where they can't
     * be told apart because it is no ancestor of the table's head.
     */
    @Nullable
    List<ForeignSnapshot> since(long head) {
        if (head == RewindPointer.NONE) {
            return changedByOthers(line);
        }
        for (int at = 0; at < line.size(); at++) {
            if (line.get(at).snapshotId() == head) {
                return changedByOthers(line.subList(0, at));
            }
        }
        return null;
    }

    /** The line may be cut where somebody has expired snapshots; what is tagged is there all the same. */
    boolean has(long snapshot) {
        return metadata.snapshot(snapshot) != null;
    }
}
