package dev.firn.benchmarks.latency;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a table's metadata all the time, as a reader would, and notes when each snapshot could be seen. Which rows a snapshot
 * has added is read afterwards, so that reading holds up no look.
 */
final class TableWatch implements AutoCloseable {

    private static final long BETWEEN_NANOS = 20_000_000;

    /**
     * A snapshot that has come.
     *
     * @param visible when it was seen first, in milliseconds since 1970
     */
    record Sighting(Snapshot snapshot, long visible) {}

    /** Hears of a row. */
    interface Rows {
        void row(long id, Sighting sighting);
    }

    private final Supplier<Table> loading;
    private final Thread thread = new Thread(this::look, "table watch");
    private final List<Sighting> sightings = new ArrayList<>();
    private @Nullable Table table;
    private volatile boolean ending;

    private TableWatch(Supplier<Table> loading) {
        this.loading = loading;
    }

    /** @param loading loads the table, and throws {@link NoSuchTableException} as long as it is not there */
    static TableWatch start(Supplier<Table> loading) {
        TableWatch watch = new TableWatch(loading);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void look() {
        while (!ending) {
            try {
                lookOnce();
            } catch (NoSuchTableException notYet) {
                // Firn makes it when it starts.
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    private synchronized void lookOnce() {
        Table known = table;
        if (known == null) {
            known = loading.get();
            table = known;
        } else {
            known.refresh();
        }
        long now = System.currentTimeMillis();
        List<Sighting> news = new ArrayList<>();
        for (Snapshot snapshot = known.currentSnapshot();
                snapshot != null && !isKnown(snapshot);
                snapshot = snapshot.parentId() == null ? null : known.snapshot(snapshot.parentId())) {
            news.add(new Sighting(snapshot, now));
        }
        Collections.reverse(news);
        sightings.addAll(news);
    }

    private boolean isKnown(Snapshot snapshot) {
        return !sightings.isEmpty()
                && sightings.get(sightings.size() - 1).snapshot().snapshotId() == snapshot.snapshotId();
    }

    synchronized List<Sighting> sightings() {
        return List.copyOf(sightings);
    }

    /** How many rows the table is known to have. */
    synchronized long rows() {
        return sightings.isEmpty()
                ? 0
                : Long.parseLong(
                        sightings.get(sightings.size() - 1).snapshot().summary().getOrDefault("total-records", "0"));
    }

    /** Tells of each row of the snapshots that were seen, by the column {@code id}; to be called when it is closed. */
    synchronized void read(Rows rows) throws IOException {
        Table known = Optional.ofNullable(table).orElseThrow(() -> new IOException("the table never came to be"));
        for (Sighting sighting : sightings) {
            Snapshot snapshot = sighting.snapshot();
            IcebergGenerics.ScanBuilder scan = IcebergGenerics.read(known).select("id");
            scan = snapshot.parentId() == null
                    ? scan.useSnapshot(snapshot.snapshotId())
                    : scan.appendsBetween(snapshot.parentId(), snapshot.snapshotId());
            try (CloseableIterable<Record> added = scan.build()) {
                for (Record row : added) {
                    rows.row((Long) row.getField("id"), sighting);
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        thread.join();
    }
}
