package dev.firn.connector.cdc.postgres.flink;

import dev.firn.spi.record.RawRecord;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where reading stands by what was emitted; that of the fetcher is ahead of it. */
final class ReadState {

    private String incarnation = DatabaseSplit.NOT_YET_KNOWN;
    private final SortedMap<String, Place> places = new TreeMap<>();
    private long boundary;

    ReadState(DatabaseSplit split) {
        begin(split);
    }

    private void begin(DatabaseSplit split) {
        incarnation = split.incarnation();
        boundary = split.boundary();
        places.clear();
        split.tables().forEach((stream, place) -> places.put(stream, new Place(place)));
    }

    void passed(Step step) {
        if (step instanceof Step.Opened opened) {
            begin(opened.split());
        } else if (step instanceof Step.Row row) {
            Place place = place(row.event());
            place.rows = row.event().position() + 1;
            place.lastKey = row.key();
        } else if (step instanceof Step.RowsRead read) {
            place(read.stream()).isComplete = true;
        } else if (step instanceof Step.Change change) {
            place(change.event()).changes = change.event().position() + 1;
        } else if (step instanceof Step.Boundary reached) {
            boundary = reached.event().position();
            reached.streams().forEach(stream -> {
                Place place = place(stream);
                place.changesAtBoundary = place.changes;
            });
        }
    }

    private Place place(RawRecord record) {
        return place(record.split().stream());
    }

    private Place place(String stream) {
        Place place = places.get(stream);
        if (place == null) {
            throw new IllegalStateException("our bug: " + stream + " was read and not opened");
        }
        return place;
    }

    DatabaseSplit split() {
        SortedMap<String, TablePlace> tables = new TreeMap<>();
        places.forEach((stream, place) -> tables.put(stream, place.now()));
        return new DatabaseSplit(incarnation, boundary, tables);
    }

    private static final class Place {
        private final TablePlace begun;
        private long rows;
        private @Nullable List<String> lastKey;
        private boolean isComplete;
        private long changes;
        private long changesAtBoundary;

        Place(TablePlace place) {
            this.begun = place;
            this.rows = place.rows();
            this.lastKey = place.lastKey();
            this.isComplete = place.isComplete();
            this.changes = place.changes();
            this.changesAtBoundary = place.changesAtBoundary();
        }

        TablePlace now() {
            return new TablePlace(
                    begun.oid(),
                    begun.key(),
                    rows,
                    isComplete ? null : lastKey,
                    isComplete,
                    changes,
                    changesAtBoundary);
        }
    }
}
