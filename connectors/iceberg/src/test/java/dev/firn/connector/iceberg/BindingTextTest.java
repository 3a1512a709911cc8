package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A binding takes a few characters of a table's properties, and is read back as it was or not at all. */
class BindingTextTest {

    private static final ColumnType.Struct LINE = new ColumnType.Struct(
            List.of(Column.required("sku", Primitive.STRING), Column.optional("price", Primitive.DOUBLE)));

    /** Its places are id, lines, lines[], lines[].sku, lines[].price, labels, labels{}, note. */
    private static final WriterSchema WRITER = WrittenRows.schema(
            1,
            Column.required("id", Primitive.LONG),
            Column.optional("lines", new ColumnType.ListOf(LINE, Nullability.REQUIRED)),
            Column.optional("labels", new ColumnType.MapOf(Primitive.STRING, Nullability.OPTIONAL)),
            Column.optional("note", Primitive.STRING));

    @Test
    void idsThatCountUpAreOneRange() {
        SchemaBinding binding = binding(Map.of(
                "id", 1, "lines", 2, "lines[]", 5, "lines[].sku", 6, "lines[].price", 7, "labels", 3, "labels{}", 9));

        assertThat(BindingText.write(WRITER, binding)).isEqualTo("1-2,5-7,3,9,-");
        assertThat(BindingText.read(WRITER, "1-2,5-7,3,9,-")).contains(binding);
    }

    @Test
    void aFieldThatIsLeftOutHasItsPlace() {
        SchemaBinding binding = binding(Map.of("lines", 2, "lines[]", 3, "lines[].price", 4, "note", 30));

        assertThat(BindingText.write(WRITER, binding)).isEqualTo("-,2-3,-,4,-,-,30");
        assertThat(BindingText.read(WRITER, "-,2-3,-,4,-,-,30")).contains(binding);
    }

    @Test
    void whateverIsWrittenIsReadBack() {
        List<String> places = List.of("id", "lines", "lines[]", "lines[].sku", "labels", "labels{}", "note");
        List<SchemaBinding> all = new ArrayList<>();
        for (int which = 0; which < 1 << places.size(); which++) {
            Map<String, Integer> ids = new TreeMap<>();
            for (int place = 0; place < places.size(); place++) {
                if ((which & 1 << place) != 0) {
                    // Neighbours, but for some.
                    ids.put(places.get(place), 1 + (place * 5 + which % 3) % 7);
                }
            }
            all.add(binding(ids));
        }

        assertThat(all).allSatisfy(binding -> assertThat(BindingText.read(WRITER, BindingText.write(WRITER, binding)))
                .contains(binding));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-7",
                "1-9",
                "1-8,9",
                "1-2147483646",
                "8-1",
                "1,2,3,4,5,6,7,x",
                "1,2,3,4,5,6,7,0",
                "1-3,4-6,-,-,-",
                "1,2,3,4,5,6,7,99999999999",
                "1-8,",
                "--1,2,3,4,5,6,7"
            })
    void whatIsNotOneOfThatSchemaIsNone(String text) {
        assertThat(BindingText.read(WRITER, text)).isEmpty();
    }

    @Test
    void tagsStandBehindWhatWasBoundWithoutThem() {
        WriterSchema tagged = WrittenRows.tagged(WRITER);
        Map<String, Integer> ids = new TreeMap<>(Map.of("id", 1, "note", 2));
        SchemaBinding before = binding(ids);
        ids.put("tag", 14);
        ids.put("tag[]", 15);

        String text = BindingText.write(tagged, binding(ids));

        assertThat(text).isEqualTo("1,-,-,-,-,-,-,2;14-15");
        assertThat(BindingText.read(tagged, text)).contains(binding(ids));
        assertThat(BindingText.read(WRITER, text)).contains(before);
        assertThat(BindingText.read(tagged, "1,-,-,-,-,-,-,2")).contains(before);
        assertThat(BindingText.write(tagged, before)).isEqualTo("1,-,-,-,-,-,-,2;-,-");
        assertThat(BindingText.ids(text)).containsExactly(1, 2, 14, 15);
        assertThat(BindingText.tagIds(text)).containsExactly(14, 15);
        assertThat(BindingText.tagIds("1,2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-8;", "1-8;1", "1-8;1-3", "1-9", "1-10", "1-7;8-9", ";1-2", "1-8;1-2;"})
    void whatIsNotOneOfATaggedSchemaIsNone(String text) {
        assertThat(BindingText.read(WrittenRows.tagged(WRITER), text)).isEmpty();
    }

    private static SchemaBinding binding(Map<String, Integer> ids) {
        return new SchemaBinding(new TreeMap<>(ids));
    }
}
