package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.firn.schema.binding.Absence;
import dev.firn.schema.binding.Excerpt;
import dev.firn.schema.binding.FieldPath;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an object with named fields, in whatever order they come, into a struct. */
final class ObjectReader implements JsonValueReader {

    private static final int NOT_WANTED = -1;

    private final String path;
    private final JsonType.Fields type;
    private final Placed[] fields;
    private final Map<String, Integer> byName = new HashMap<>();
    private final UnknownFields unknown;
    private final StructFactory.Maker maker;
    private final int width;

    /** A field that has a column, and where that stands in the struct. */
    record Placed(String name, String path, JsonValueReader reader, Absence absence, int position) {}

    /**
     * How the struct is made.
     *
     * @param unknown what becomes of fields that the schema does not name; those that it names, and that are not wanted, are
     *     gone past
     */
    record Struct(int width, UnknownFields unknown, StructFactory.Maker maker) {}

    ObjectReader(String path, JsonType.Fields type, List<Placed> fields, Struct struct) {
        this.path = path;
        this.type = type;
        this.fields = fields.toArray(Placed[]::new);
        this.unknown = struct.unknown();
        this.maker = struct.maker();
        this.width = struct.width();
        type.fields().forEach(field -> byName.put(field.name(), NOT_WANTED));
        for (int i = 0; i < this.fields.length; i++) {
            byName.put(this.fields[i].name(), i);
        }
    }

    @Override
    public Object read(JsonInput input) throws Rejected {
        if (input.token() != JsonToken.START_OBJECT) {
            throw input.mismatch(path, type);
        }
        @Nullable Object[] values = new Object[width];
        boolean[] seen = new boolean[fields.length];
        while (input.next(path) == JsonToken.FIELD_NAME) {
            String name = input.name(path);
            Integer index = byName.get(name);
            if (index == null) {
                unknown(input, name);
            } else if (index == NOT_WANTED) {
                input.next(path);
                input.skip(path);
            } else {
                Placed field = fields[index];
                if (seen[index]) {
                    throw twice(field.path());
                }
                seen[index] = true;
                values[field.position()] = value(input, field);
            }
        }
        for (int i = 0; i < fields.length; i++) {
            if (!seen[i] && fields[i].absence() == Absence.REFUSED) {
                throw new Rejected(
                        RejectCode.MISSING_REQUIRED_COLUMN,
                        "`" + fields[i].path() + "` is missing, and the table requires a value");
            }
        }
        return maker.struct(values);
    }

    private static @Nullable Object value(JsonInput input, Placed field) throws Rejected {
        return input.next(field.path()) == JsonToken.VALUE_NULL
                ? field.absence().value(field.path())
                : field.reader().read(input);
    }

    private void unknown(JsonInput input, String name) throws Rejected {
        if (type.others() == JsonType.Others.FORBIDDEN) {
            throw refused(name, "its schema allows no fields but its own");
        }
        if (unknown == UnknownFields.QUARANTINE) {
            throw refused(name, "its schema does not name it");
        }
        input.next(path);
        input.skip(path);
    }

    private Rejected refused(String name, String why) {
        return JsonInput.invalid(FieldPath.child(path, Excerpt.of(name)), "is there, and " + why);
    }

    /** Keeping one of two would drop the other in silence. */
    static Rejected twice(String path) {
        return JsonInput.invalid(path, "is there twice");
    }
}
