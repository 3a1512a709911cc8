package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.firn.schema.binding.Absence;
import dev.firn.schema.binding.Excerpt;
import dev.firn.schema.binding.FieldPath;
import dev.firn.spi.format.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Readers of arrays, and of objects whose fields have no names of their own. */
final class Containers {

    private Containers() {}

    /** What stands inside, and what a null there is. */
    record Inside(String path, JsonValueReader reader, Absence absence) {

        @Nullable
        Object value(JsonInput input) throws Rejected {
            return input.token() == JsonToken.VALUE_NULL ? absence.value(path) : reader.read(input);
        }
    }

    static JsonValueReader list(String path, JsonType type, Inside item) {
        return input -> {
            if (input.token() != JsonToken.START_ARRAY) {
                throw input.mismatch(path, type);
            }
            List<@Nullable Object> items = new ArrayList<>();
            while (input.next(item.path()) != JsonToken.END_ARRAY) {
                items.add(item.value(input));
            }
            return items;
        };
    }

    static JsonValueReader map(String path, JsonType type, Inside value) {
        return input -> {
            if (input.token() != JsonToken.START_OBJECT) {
                throw input.mismatch(path, type);
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            while (input.next(path) == JsonToken.FIELD_NAME) {
                String key = input.name(path);
                input.next(value.path());
                if (values.containsKey(key)) {
                    throw ObjectReader.twice(FieldPath.child(path, Excerpt.of(key)));
                }
                values.put(key, value.value(input));
            }
            return values;
        };
    }
}
