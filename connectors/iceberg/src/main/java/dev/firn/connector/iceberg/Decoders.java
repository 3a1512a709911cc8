package dev.firn.connector.iceberg;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.schema.TableName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The decoders of one subtask, one for each table and writer schema; the least used goes first. */
final class Decoders {

    private static final int MOST = 1_000;

    private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > MOST;
        }
    };

    private final Opening opening;

    Decoders(Opening opening) {
        this.opening = opening;
    }

    /** Asks a format for a decoder. */
    @FunctionalInterface
    interface Opening {
        RowDecoder open(TargetTable table, FormatReader format, int schemaId) throws Rejected;
    }

    /** @throws Rejected if no record of that schema fits the table; asked again each time only where that may change */
    RowDecoder decoder(TargetTable table, FormatReader format, int schemaId) throws Rejected {
        Key key = new Key(table.name(), format, schemaId);
        Known found = known.get(key);
        if (found == null) {
            found = open(table, format, schemaId);
            if (found.rejection()
                    .map(Rejected::code)
                    .filter(Decoders::mayChange)
                    .isEmpty()) {
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

    private Known open(TargetTable table, FormatReader format, int schemaId) {
        try {
            return new Known(Optional.of(opening.open(table, format, schemaId)), Optional.empty());
        } catch (Rejected rejected) {
            return new Known(Optional.empty(), Optional.of(rejected));
        }
    }

    /** The registry may learn of an id that it does not know yet, and answer again. */
    private static boolean mayChange(RejectCode code) {
        return code == RejectCode.UNKNOWN_SCHEMA_ID || code == RejectCode.SCHEMA_UNAVAILABLE;
    }

    private record Key(TableName table, FormatReader format, int schemaId) {}

    private record Known(Optional<RowDecoder> decoder, Optional<Rejected> rejection) {}
}
