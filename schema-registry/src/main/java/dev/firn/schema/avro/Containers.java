package dev.firn.schema.avro;

import dev.firn.schema.binding.Excerpt;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Readers of arrays and maps. */
final class Containers {

    private Containers() {}

    /** What an array or a map holds. */
    static Schema element(Schema container) {
        return container.getType() == Schema.Type.ARRAY ? container.getElementType() : container.getValueType();
    }

    static ValueReader list(String path, ValueReader element) {
        Blocks.Item<List<@Nullable Object>> item = (payload, values) -> values.add(element.read(payload));
        return payload -> Blocks.read(payload, path, ArrayList::new, item);
    }

    static ValueReader map(String path, ValueReader value) {
        Blocks.Item<Map<String, @Nullable Object>> entry =
                (payload, values) -> put(values, payload.readString(path), value.read(payload), path);
        return payload -> Blocks.read(payload, path, expected -> new LinkedHashMap<>(2 * expected), entry);
    }

    /** Keeping the last of two would drop the first in silence. */
    private static void put(Map<String, @Nullable Object> values, String key, @Nullable Object value, String path)
            throws Rejected {
        int before = values.size();
        values.put(key, value);
        if (values.size() == before) {
            throw twice(path, key);
        }
    }

    static Rejected twice(String path, String key) {
        return new Rejected(RejectCode.INVALID_VALUE, "`" + path + "` has the key `" + Excerpt.of(key) + "` twice");
    }
}
