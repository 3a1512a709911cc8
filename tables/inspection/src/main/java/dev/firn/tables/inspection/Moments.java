package dev.firn.tables.inspection;

import dev.firn.spi.inspection.InspectedCatalog.UnknownMoment;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/** Finds the snapshot that somebody means. */
final class Moments {

    private Moments() {}

    /** @throws UnknownMoment if there is none */
    static Snapshot of(TableName name, Table table, String word) {
        return byNumber(table, word)
                .or(() -> byReference(table, word))
                .or(() -> byTime(name, table, word))
                .orElseThrow(() -> new UnknownMoment("table `" + name + "` has no snapshot, branch or tag `" + word
                        + "`, and that is no time such as `2026-01-03T09:14:07Z`"));
    }

    private static Optional<Snapshot> byNumber(Table table, String word) {
        try {
            return Optional.ofNullable(table.snapshot(Long.parseLong(word)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Snapshot> byReference(Table table, String word) {
        SnapshotRef ref = table.refs().get(word);
        return ref == null ? Optional.empty() : Optional.ofNullable(table.snapshot(ref.snapshotId()));
    }

    /** Also as times are shown, which are in UTC. */
    private static Optional<Snapshot> byTime(TableName name, Table table, String word) {
        Instant at;
        try {
            String time = word.replace(' ', 'T');
            at = Instant.parse(time.endsWith("Z") ? time : time + "Z");
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
        // As it is shown, a time has no parts of a second.
        long millis = at.toEpochMilli();
        long through = at.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? millis + 999 : millis;
        Snapshot found = null;
        for (HistoryEntry entry : table.history()) {
            if (entry.timestampMillis() <= through) {
                found = table.snapshot(entry.snapshotId());
            }
        }
        if (found == null) {
            throw new UnknownMoment("table `" + name + "` knows no snapshot that was current at `" + word
                    + "`: there was none yet, or it has expired");
        }
        return Optional.of(found);
    }
}
