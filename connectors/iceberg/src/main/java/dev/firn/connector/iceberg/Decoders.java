package dev.firn.connector.iceberg;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The decoders of one subtask, one for each table and writer schema; the least used goes first. */
final class Decoders {

    private static final int MOST = 1_000;

    /** The registry may learn of an id that it does not know yet, and answer again. */
    private static final Set<RejectCode> ASKED_EACH_TIME =
            EnumSet.of(RejectCode.UNKNOWN_SCHEMA_ID, RejectCode.SCHEMA_UNAVAILABLE);

    /** What was found in the catalog, where a look takes its time, and may be another at the next. */
    private static final Set<RejectCode> ASKED_NOW_AND_THEN =
            EnumSet.of(RejectCode.SCHEMA_CHANGE_REFUSED, RejectCode.TABLE_GONE, RejectCode.TABLE_PAUSED);

    private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MOST;
        }
    };

    private final Opening opening;
    private final long freshForNanos;

    /** @param freshFor how long an answer is good for that needed a look at the table */
    Decoders(Opening opening, Duration freshFor) {
        this.opening = opening;
        this.freshForNanos = freshFor.toNanos();
    }

    /** Asks a format for a decoder. */
    @FunctionalInterface
    interface Opening {
        RowDecoder open(TargetTable table, FormatReader format, int schemaId, RawRecord first) throws Rejected;
    }

    /**
     * @param first one of the records that it is for
     * @throws Rejected if no record of that schema fits the table; asked again each time only where that may change
     */
    RowDecoder decoder(TargetTable table, FormatReader format, int schemaId, RawRecord first) throws Rejected {
        Key key = new Key(table.name(), format, schemaId);
        Known found = known.get(key);
        if (found == null || isOld(found)) {
            found = open(table, format, schemaId, first);
            if (found.isRejectedFor(ASKED_EACH_TIME)) {
                known.remove(key);
            } else {
                known.put(key, found);
            }
        }
        if (found.rejection().isPresent()) {
            throw found.rejection().get();
        }
        return found.decoder().orElseThrow();
    }

    void forget(TableName table) {
        known.keySet().removeIf(key -> key.table().equals(table));
    }

    private Known open(TargetTable table, FormatReader format, int schemaId, RawRecord first) {
        try {
            return new Known(
                    Optional.of(opening.open(table, format, schemaId, first)), Optional.empty(), System.nanoTime());
        } catch (Rejected rejected) {
            return new Known(Optional.empty(), Optional.of(rejected), System.nanoTime());
        }
    }

    private boolean isOld(Known found) {
        return found.isRejectedFor(ASKED_NOW_AND_THEN) && System.nanoTime() - found.nanoTime() >= freshForNanos;
    }

    private record Key(TableName table, FormatReader format, int schemaId) {}

    private record Known(Optional<RowDecoder> decoder, Optional<Rejected> rejection, long nanoTime) {

        boolean isRejectedFor(Set<RejectCode> codes) {
            return rejection.isPresent() && codes.contains(rejection.get().code());
        }
    }
}
