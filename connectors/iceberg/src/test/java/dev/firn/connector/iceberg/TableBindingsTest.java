package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
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

    /** What was bound before the file began to tag is known, and yet to be decided about. */
    @Test
    void whatKnowsNoTagsIsKnownButNotDecided() {
        Schema table = new Schema(
                Types.NestedField.optional(1, "x", Types.StringType.get()),
                Types.NestedField.optional(2, "tag", Types.ListType.ofRequired(3, Types.StringType.get())));
        WriterSchema tagged = WrittenRows.tagged(FIRST);
        SchemaLineage lineage = SchemaLineage.of(tagged);
        SchemaBinding before = new SchemaBinding(new TreeMap<>(Map.of("a", 1)));

        TableBindings without = own(tagged, "1");
        TableBindings leftOut = own(tagged, "1;-,-");
        TableBindings with = own(tagged, "1;2-3");

        assertThat(without.own(tagged, table)).isEmpty();
        assertThat(without.own(FIRST, table)).contains(before);
        assertThat(without.state(TestLake.ORDERS, table, lineage).bindings())
                .containsExactly(Map.entry(FIRST.fingerprint(), before));
        assertThat(leftOut.own(tagged, table)).contains(before);
        assertThat(with.own(tagged, table))
                .contains(new SchemaBinding(new TreeMap<>(Map.of("a", 1, "tag", 2, "tag[]", 3))));
        assertThat(with.own(FIRST, table)).contains(before);
    }

    private static TableBindings own(WriterSchema writer, String text) {
        return TableBindings.in(Map.of("firn.shop.binding." + writer.fingerprint(), text), "shop");
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
