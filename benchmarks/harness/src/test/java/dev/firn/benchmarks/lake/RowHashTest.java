package dev.firn.benchmarks.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowHashTest {

    @Test
    void tellsEveryKindOfValueFromAnother() {
        List<Object> values = List.of(
                true,
                false,
                1,
                1.0,
                1.0f,
                "1",
                "",
                "aaaaaaaaaaaa",
                "aaaaaaaaaaab",
                new BigDecimal("1.0"),
                new BigDecimal("1.00"),
                ByteBuffer.wrap(new byte[] {1}),
                ByteBuffer.wrap(new byte[] {1, 0}),
                LocalDate.ofEpochDay(1),
                OffsetDateTime.parse("2026-01-01T00:00:00.000001Z"),
                OffsetDateTime.parse("2026-01-01T00:00:00.000002Z"),
                List.of(1, 2),
                List.of(2, 1),
                Map.of("a", 1),
                Map.of("a", 2),
                row("x", null));

        assertThat(values.stream().map(value -> RowHash.of(row(value, null)))).doesNotHaveDuplicates();
    }

    @Test
    void tellsAValueInOneColumnFromTheSameInAnother() {
        assertThat(RowHash.of(row("x", null))).isNotEqualTo(RowHash.of(row(null, "x")));
    }

    @Test
    void takesTheEntriesOfAMapInAnyOrder() {
        Map<String, Integer> one = new LinkedHashMap<>();
        one.put("a", 1);
        one.put("b", 2);
        Map<String, Integer> other = new LinkedHashMap<>();
        other.put("b", 2);
        other.put("a", 1);

        assertThat(RowHash.of(row(one, null))).isEqualTo(RowHash.of(row(other, null)));
    }

    private static Record row(@Nullable Object first, @Nullable Object second) {
        Record row = GenericRecord.create(new Schema(
                Types.NestedField.optional(1, "first", Types.StringType.get()),
                Types.NestedField.optional(2, "second", Types.StringType.get())));
        row.set(0, first);
        row.set(1, second);
        return row;
    }
}
