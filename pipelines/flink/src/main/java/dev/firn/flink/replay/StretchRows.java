package dev.firn.flink.replay;

import dev.firn.flink.replay.Replay.EpochSize;
import dev.firn.flink.replay.WaitingPlaces.Place;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of a stretch in their order, as many from its beginning as an epoch may have bytes, in whatever order they come. */
final class StretchRows {

    private final WaitingPlaces.Stretch stretch;
    private final EpochSize size;
    private final TreeMap<Place, List<QuarantinedRow>> rows = new TreeMap<>();
    private Optional<Place> cut = Optional.empty();
    private long bytes;

    StretchRows(WaitingPlaces.Stretch stretch, EpochSize size) {
        this.stretch = stretch;
        this.size = size;
    }

    void add(QuarantinedRow row) {
        Place place = Place.of(row.record());
        if (!stretch.contains(place)
                || cut.filter(from -> from.compareTo(place) <= 0).isPresent()) {
            return;
        }
        rows.computeIfAbsent(place, first -> new ArrayList<>()).add(row);
        bytes += bytes(row.record());
        while (bytes > size.bytes() && rows.size() > 1) {
            Place last = rows.lastKey();
            rows.remove(last).forEach(left -> bytes -= bytes(left.record()));
            cut = Optional.of(last);
        }
    }

    /** In the order of their splits and positions. */
    List<QuarantinedRow> inOrder() {
        return rows.values().stream().flatMap(List::stream).toList();
    }

    /** Where the next stretch begins, if this one has no room for the rest of its own. */
    Optional<Place> cut() {
        return cut;
    }

    private static long bytes(RawRecord record) {
        long bytes = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
