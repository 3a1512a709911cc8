package dev.firn.schema.testing;

import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A struct as tests see it; equal by names and values. */
public record Row(List<String> names, List<@Nullable Object> values) {

    public static final StructFactory FACTORY = type -> {
        List<String> names = type.columns().stream().map(Column::name).toList();
        return values -> new Row(names, new ArrayList<>(Arrays.asList(values)));
    };

    public static Row of(@Nullable Object... namesAndValues) {
        List<String> names = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            names.add(String.valueOf(namesAndValues[i]));
            values.add(namesAndValues[i + 1]);
        }
        return new Row(names, values);
    }

    public @Nullable Object value(String name) {
        return values.get(names.indexOf(name));
    }

    /** Arrays are compared by their bytes, however deep they stand. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row
                && row.names.equals(names)
                && Objects.equals(comparable(values), comparable(row.values));
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Row::comparable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> byKey = new HashMap<>();
            map.forEach((key, inner) -> byKey.put(key, comparable(inner)));
            return byKey;
        }
        return value;
    }
}
