package dev.firn.schema.row;

import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of keys that name their schema as values do; all of them are null where a record has no key. */
final class FramedKey implements SideColumns {

    private final FormatReader keys;
    private final Map<String, Column> fields;

    /**
     * @param keys reads a record's key as if it were its value
     * @param fields of the key, by the name of the column that each is
     */
    FramedKey(FormatReader keys, Map<String, Column> fields) {
        this.keys = keys;
        this.fields = fields;
    }

    @Override
    public List<Column> columns() {
        return fields.entrySet().stream()
                .map(field -> Column.optional(field.getKey(), field.getValue().type()))
                .toList();
    }

    @Override
    public boolean has(String column) {
        return fields.containsKey(column);
    }

    @Override
    public Filler filler(List<Place> places, Wanted wanted, StructFactory structs) {
        // Each as the table has it, under the name that it has in the key.
        List<Column> columns = new ArrayList<>();
        for (Place place : places) {
            columns.add(new Column(
                    field(place.column().name()).name(),
                    place.column().type(),
                    place.column().nullability()));
        }
        // What is left out is read and dropped, so that a field which nobody knows of is still refused.
        wanted.leftOut().stream()
                .filter(this::has)
                .sorted()
                .forEach(column -> columns.add(
                        Column.optional(field(column).name(), field(column).type())));
        TableSchema own = new TableSchema(columns);
        StructFactory laid = structs.leaving(own.asStruct());
        Decoders decoders = new Decoders(
                id -> wanted.extent() == Extent.ALL ? keys.decoder(id, own, laid) : keys.projection(id, own, laid));
        return (record, row) -> {
            if (record.key() == null) {
                requireOptional(places);
                return;
            }
            @Nullable Object[] values = decoders.decode(asValue(record));
            for (int i = 0; i < places.size(); i++) {
                row[places.get(i).position()] = values[i];
            }
        };
    }

    @Override
    public Optional<ColumnReader> column(String column) {
        if (!has(column)) {
            return Optional.empty();
        }
        Map<Integer, ColumnReader> readers = new HashMap<>();
        return Optional.of(record -> {
            if (record.key() == null) {
                return null;
            }
            RawRecord key = asValue(record);
            try {
                int id = keys.schemaId(key);
                ColumnReader reader = readers.get(id);
                if (reader == null) {
                    reader = keys.column(id, field(column).name());
                    readers.put(id, reader);
                }
                return reader.read(key);
            } catch (Rejected rejected) {
                throw ofKey(rejected);
            }
        });
    }

    private Column field(String column) {
        Column field = fields.get(column);
        if (field == null) {
            throw new IllegalStateException("our bug: " + column + " is no column of the key");
        }
        return field;
    }

    private static void requireOptional(List<Place> places) throws Rejected {
        for (Place place : places) {
            if (!place.column().isOptional()) {
                throw Missing.value(place.column());
            }
        }
    }

    private static RawRecord asValue(RawRecord record) {
        return new RawRecord(
                record.split(), record.position(), record.timestamp(), null, record.key(), record.headers());
    }

    private static Rejected ofKey(Rejected rejected) {
        return new Rejected(rejected.code(), "in the key, " + rejected.reason());
    }

    /** One for each schema that keys were written with; that a schema does not fit is remembered too. */
    private final class Decoders {

        private final Map<Integer, RowDecoder> byId = new HashMap<>();
        private final Map<Integer, Rejected> unfit = new HashMap<>();
        private final Opening opening;

        private Decoders(Opening opening) {
            this.opening = opening;
        }

        private @Nullable Object[] decode(RawRecord key) throws Rejected {
            try {
                int id = keys.schemaId(key);
                RowDecoder decoder = byId.get(id);
                if (decoder == null) {
                    decoder = open(id);
                    byId.put(id, decoder);
                }
                return (@Nullable Object[]) decoder.decode(key);
            } catch (Rejected rejected) {
                throw ofKey(rejected);
            }
        }

        private RowDecoder open(int id) throws Rejected {
            Rejected known = unfit.get(id);
            if (known != null) {
                throw known;
            }
            try {
                return opening.open(id);
            } catch (Rejected rejected) {
                if (rejected.code() != RejectCode.UNKNOWN_SCHEMA_ID
                        && rejected.code() != RejectCode.SCHEMA_UNAVAILABLE) {
                    unfit.put(id, rejected);
                }
                throw rejected;
            }
        }
    }

    /** Makes a decoder of keys. */
    @FunctionalInterface
    private interface Opening {
        RowDecoder open(int schemaId) throws Rejected;
    }
}
