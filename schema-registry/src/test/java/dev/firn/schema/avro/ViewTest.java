package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.encode;
import static dev.firn.schema.testing.AvroBytes.raw;
import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.schema.testing.Row;
import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decoders into tables that are named as a writer names them. */
class ViewTest {

    /** Version 1 of a subject whose version 2 renamed `a`, and whose version 3 has another field of that name. */
    private static final Schema FIRST = record("a 'string'");

    private static final Schema THIRD =
            record("b 'string', 'aliases': ['a']", "a 'string', 'default': 'of the new one'");
    private static final byte[] VALUE =
            encode(FIRST, new GenericRecordBuilder(FIRST).set("a", "of old").build());

    @Test
    void anOldFieldGoesToTheColumnThatWasRenamedAndTheNewOneHasItsOwnDefault() throws Rejected {
        WriterView view = view(table(THIRD), FIRST, Map.of("a", "b"));

        assertThat(values(decode(FIRST, THIRD, view, VALUE))).containsExactly("of old", "of the new one");
        assertThat(values(projection(FIRST, THIRD, view, VALUE))).containsExactly("of old", "of the new one");
    }

    @Test
    void aRecordInsideHasTheDefaultsOfTheColumnThatItGoesTo() throws Rejected {
        String inside = "{'type': 'record', 'name': '%s', 'fields': [{'name': 'x', 'type': 'int'}%s]}";
        String unit = ", {'name': 'unit', 'type': 'string', 'default': '%s'}";
        Schema writer = record("a " + inside.formatted("A", ""));
        Schema reader = record(
                "b " + inside.formatted("A", unit.formatted("of b")) + ", 'aliases': ['a']",
                "a " + inside.formatted("B", unit.formatted("of a")) + ", 'default': {'x': 9, 'unit': 'of default'}");
        GenericData.Record value = new GenericData.Record(writer.getField("a").schema());
        value.put("x", 5);

        Row row = decode(
                writer,
                reader,
                view(table(reader), writer, Map.of("a", "b", "a.x", "b.x")),
                encode(writer, new GenericRecordBuilder(writer).set("a", value).build()));

        assertThat(row)
                .isEqualTo(Row.of(
                        "a",
                        Row.of("x", 5, WriterView.lacking("unit"), "of b"),
                        WriterView.lacking("a"),
                        Row.of(WriterView.lacking("x"), 9, WriterView.lacking("unit"), "of default")));
    }

    /** Where somebody has decided that a rename is a new column. */
    @Test
    void theReadersRenamesDoNotCount() throws Rejected {
        Schema reader = record("b ['null', 'string'], 'aliases': ['a']");
        TableSchema both = new TableSchema(
                List.of(Column.optional("b", Primitive.STRING), Column.optional("a", Primitive.STRING)));

        for (WriterView view : List.of(view(both, FIRST, Map.of("a", "a")), new WriterView(both, Set.of()))) {
            assertThat(values(decode(FIRST, reader, view, VALUE))).containsExactly(null, "of old");
        }
    }

    @Test
    void theReadersUnionsDoNotCount() throws Rejected {
        Schema writer = record("u ['int', 'string']", "n 'int'");
        Schema reader = record("u ['long', 'string']", "n ['long', 'string']");
        byte[] value = encode(
                writer, new GenericRecordBuilder(writer).set("u", 5).set("n", 6).build());
        Map<String, String> same = Map.of("u", "u", "u.int", "u.int", "u.string", "u.string", "n", "n");

        assertThat(decode(writer, reader, view(table(writer), writer, same), value))
                .isEqualTo(Row.of("u", Row.of("int", 5, "string", null), "n", 6));
    }

    @Test
    void whatIsLeftOutIsGonePastWhereverItStands() throws Rejected {
        String tagged = "{'type': 'record', 'name': 'T', 'fields': [{'name': 'skip', 'type': {'type': 'map', 'values':"
                + " 'string'}}, {'name': 'keep', 'type': 'int'}]}";
        Schema writer = record(
                "skip ['null', " + tagged + "]",
                "list {'type': 'array', 'items': 'T'}",
                "map {'type': 'map', 'values': ['null', 'T']}",
                "either ['string', 'T']",
                "span {'type': 'fixed', 'name': 'D', 'size': 12, 'logicalType': 'duration'}",
                "last 'string'");
        GenericData.Record tag =
                new GenericData.Record(writer.getField("list").schema().getElementType());
        tag.put("skip", Map.of("k", "v"));
        tag.put("keep", 3);
        byte[] span = ByteBuffer.allocate(12)
                .put(0, (byte) 1)
                .put(4, (byte) 2)
                .put(8, (byte) 3)
                .array();
        byte[] value = encode(
                writer,
                new GenericRecordBuilder(writer)
                        .set("skip", tag)
                        .set("list", List.of(tag, tag))
                        .set("map", Map.of("k", tag))
                        .set("either", tag)
                        .set(
                                "span",
                                new GenericData.Fixed(writer.getField("span").schema(), span))
                        .set("last", "x")
                        .build());
        Set<String> leftOut = Set.of("skip", "list[].skip", "map{}.skip", "either.T", "span.months", "last");
        WriterView view = new WriterView(without(leftOut, table(writer)), leftOut);

        assertThat(decode(writer, null, view, value))
                .isEqualTo(Row.of(
                        "list",
                        List.of(Row.of("keep", 3), Row.of("keep", 3)),
                        "map",
                        Map.of("k", Row.of("keep", 3)),
                        "either",
                        Row.of("string", null),
                        "span",
                        Row.of("days", 2L, "millis", 3L)));
    }

    @Test
    void whatIsNeitherInTheViewNorLeftOutIsRefused() {
        Schema writer = record(
                "id 'int'",
                "list {'type': 'array', 'items': {'type': 'record', 'name': 'T', 'fields': ["
                        + "{'name': 'a', 'type': 'int'}, {'name': 'b', 'type': 'int'}]}}");
        TableSchema table = without(Set.of("list[].a", "list[].b"), table(writer));

        Rejected rejected = refused(writer, new WriterView(table, Set.of("list[].a")));

        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
        assertThat(rejected.reason()).isEqualTo("the table has no column for `list[].b` (int)");
    }

    @Test
    void aColumnThatTheWriterLacksIsNoPlaceForItsFieldOfThatName() {
        TableSchema table = new TableSchema(List.of(Column.optional(WriterView.lacking("a"), Primitive.STRING)));

        assertThat(refused(FIRST, new WriterView(table, Set.of())).reason())
                .isEqualTo("the table has no column for `a` (string)");
    }

    @Test
    void aRequiredColumnThatNobodyHasAnythingForIsCalledAsInTheTable() {
        TableSchema table = new TableSchema(List.of(
                Column.required("a", Primitive.STRING), Column.required(WriterView.lacking("b"), Primitive.STRING)));

        Rejected rejected = refused(FIRST, new WriterView(table, Set.of()));

        assertThat(rejected.code()).isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN);
        assertThat(rejected.reason()).isEqualTo("the writer's schema has nothing for the required column `b`");
    }

    /** Whatever a schema has, and however the table calls it by now. */
    @Property(tries = 1_000)
    void whatEveryColumnIsCalledMakesNoDifference(@ForAll long seed) throws Rejected {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);
        Set<String> leftOut = some(schema, new Random(seed));
        TableSchema left = without(leftOut, table(schema));
        Map<String, String> columns = new HashMap<>();
        TableSchema renamed = new TableSchema(renamed(left.columns(), "", "", columns));
        WriterView view = view(renamed, schema, columns);

        assertThat(view.columns()).isEqualTo(left);
        for (byte[] value : List.of(encode(schema, datum), AvroBytes.encodeInBlocks(schema, datum))) {
            assertThat(decode(schema, schema, view, value))
                    .isEqualTo(without(leftOut, "", AvroBytes.decode(schema, value)));
        }
    }

    private static WriterView view(TableSchema table, Schema writer, Map<String, String> columns) {
        WriterSchema written = WriterSchema.of(table(writer), new TreeMap<>(), new TreeMap<>());
        return WriterView.of(table, written, columns);
    }

    private static Row decode(Schema writer, @Nullable Schema reader, WriterView view, byte[] value) throws Rejected {
        return (Row) AvroDecoder.compile(writer, new AvroReading(reader, AvroRules.STRICT), view, Row.FACTORY)
                .decode(raw(value));
    }

    private static Row projection(Schema writer, Schema reader, WriterView view, byte[] value) throws Rejected {
        return (Row) AvroDecoder.projection(writer, new AvroReading(reader, AvroRules.STRICT), view, Row.FACTORY)
                .decode(raw(value));
    }

    private static Rejected refused(Schema writer, WriterView view) {
        return Objects.requireNonNull(catchThrowableOfType(
                Rejected.class, () -> AvroDecoder.compile(writer, AvroReading.AS_WRITTEN, view, Row.FACTORY)));
    }

    private static List<@Nullable Object> values(Row row) {
        return row.values();
    }

    /** Some fields, and never all of a record's. */
    private static Set<String> some(Schema schema, Random random) {
        Map<String, String> firsts = new HashMap<>();
        List<String> some = new ArrayList<>();
        for (String path : ColumnPath.places(table(schema)).keySet()) {
            boolean isFirst = firsts.putIfAbsent(path.substring(0, path.lastIndexOf('.') + 1), path) == null;
            if (!path.endsWith("]") && !path.endsWith("}") && !isFirst && random.nextInt(3) == 0) {
                some.add(path);
            }
        }
        return Set.copyOf(some);
    }

    private static TableSchema without(Set<String> leftOut, TableSchema table) {
        return new TableSchema(without(leftOut, "", table.columns()));
    }

    private static List<Column> without(Set<String> leftOut, String path, List<Column> columns) {
        return columns.stream()
                .filter(column -> !leftOut.contains(ColumnPath.child(path, column.name())))
                .map(column -> new Column(
                        column.name(),
                        without(leftOut, ColumnPath.child(path, column.name()), column.type()),
                        column.nullability()))
                .toList();
    }

    private static ColumnType without(Set<String> leftOut, String path, ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return new ColumnType.Struct(without(leftOut, path, struct.columns()));
        }
        if (type instanceof ColumnType.ListOf list) {
            return new ColumnType.ListOf(without(leftOut, ColumnPath.element(path), list.element()), list.elements());
        }
        return type instanceof ColumnType.MapOf map
                ? new ColumnType.MapOf(without(leftOut, ColumnPath.value(path), map.value()), map.values())
                : type;
    }

    private static @Nullable Object without(Set<String> leftOut, String path, @Nullable Object value) {
        if (value instanceof Row row) {
            List<String> names = new ArrayList<>();
            List<@Nullable Object> values = new ArrayList<>();
            for (String name : row.names()) {
                String place = ColumnPath.child(path, name);
                if (!leftOut.contains(place)) {
                    names.add(name);
                    values.add(without(leftOut, place, row.value(name)));
                }
            }
            return new Row(names, values);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(without(leftOut, ColumnPath.element(path), item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> entries = new HashMap<>();
            map.forEach((key, item) -> entries.put(key, without(leftOut, ColumnPath.value(path), item)));
            return entries;
        }
        return value;
    }

    /** @param places the columns' paths by the fields', which are put there */
    private static List<Column> renamed(List<Column> columns, String path, String field, Map<String, String> places) {
        return columns.stream()
                .map(column -> {
                    String name = "t_" + column.name();
                    String place = ColumnPath.child(path, name);
                    String from = ColumnPath.child(field, column.name());
                    places.put(from, place);
                    return new Column(name, renamed(column.type(), place, from, places), column.nullability());
                })
                .toList();
    }

    private static ColumnType renamed(ColumnType type, String path, String field, Map<String, String> places) {
        if (type instanceof ColumnType.Struct struct) {
            return new ColumnType.Struct(renamed(struct.columns(), path, field, places));
        }
        if (type instanceof ColumnType.ListOf list) {
            return new ColumnType.ListOf(
                    renamed(list.element(), ColumnPath.element(path), ColumnPath.element(field), places),
                    list.elements());
        }
        return type instanceof ColumnType.MapOf map
                ? new ColumnType.MapOf(
                        renamed(map.value(), ColumnPath.value(path), ColumnPath.value(field), places), map.values())
                : type;
    }
}
