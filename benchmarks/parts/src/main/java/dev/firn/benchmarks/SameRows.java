package dev.firn.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Compares rows of different classes, value by value and type by type. */
final class SameRows {

    private SameRows() {}

    static void require(Types.StructType struct, Object expected, Object found) {
        Object left = Objects.requireNonNull(comparable(expected));
        Object right = Objects.requireNonNull(comparable(found));
        if (!left.equals(right)) {
            throw new IllegalStateException("two ways make different rows of " + struct + "\n" + left + "\n" + right);
        }
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof StructLike struct) {
            return IntStream.range(0, struct.size())
                    .mapToObj(i -> comparable(struct.get(i, Object.class)))
                    .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
        }
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(SameRows::comparable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> byKey = new HashMap<>();
            map.forEach((key, item) -> byKey.put(key, comparable(item)));
            return byKey;
        }
        return value;
    }
}
