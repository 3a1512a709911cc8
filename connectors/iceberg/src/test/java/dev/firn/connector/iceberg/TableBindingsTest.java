package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which history counts of a schema that is a version of several subjects. */
class TableBindingsTest {

    private static final WriterSchema FIRST = schema(1, "a");
    private static final WriterSchema SECOND = schema(2, "b");
    private static final WriterSchema THIRD = schema(3, "b", "a");
    private static final WriterSchema OTHER = schema(4, "c");

    private static final SchemaLineage WHOLE = new SchemaLineage(List.of(FIRST, SECOND, THIRD), 2);
    private static final SchemaLineage COPY = SchemaLineage.of(THIRD);
    private static final SchemaLineage ANOTHER = new SchemaLineage(List.of(OTHER, FIRST, THIRD), 2);

    /** By its names alone the copy's field `a` would get the column that the first version's has. */
    @Test
    void itIsThatWhichTheTableHasGoneThrough() {
        assertThat(bound(FIRST).nearest(List.of(COPY, WHOLE))).isEqualTo(WHOLE);
        assertThat(bound(FIRST, SECOND).nearest(List.of(COPY, ANOTHER, WHOLE))).isEqualTo(WHOLE);
        assertThat(bound(OTHER).nearest(List.of(WHOLE, ANOTHER))).isEqualTo(ANOTHER);
    }

    @Test
    void itIsTheStreamsOwnWhereTheTableDoesNotSay() {
        assertThat(bound().nearest(List.of(COPY, WHOLE))).isEqualTo(COPY);
        assertThat(bound(FIRST).nearest(List.of(ANOTHER, WHOLE))).isEqualTo(ANOTHER);
    }

    private static TableBindings bound(WriterSchema... versions) {
        Map<String, String> properties = new TreeMap<>();
        for (WriterSchema version : versions) {
            properties.put("firn.other-pipeline.binding." + version.fingerprint(), "1");
        }
        return TableBindings.in(properties, "shop");
    }

    private static WriterSchema schema(int version, String... columns) {
        return WrittenRows.schema(
                version,
                List.of(columns).stream()
                        .map(name -> Column.optional(name, Primitive.STRING))
                        .toArray(Column[]::new));
    }
}
