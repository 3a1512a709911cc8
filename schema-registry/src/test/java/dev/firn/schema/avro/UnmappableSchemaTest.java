package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.schema;
import static dev.firn.schema.testing.AvroBytes.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.binding.Unmappable;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class UnmappableSchemaTest {

    @Test
    void complainsOfEveryPlaceAtOnce() {
        Schema schema = record(
                "amount {'type': 'bytes', 'logicalType': 'decimal', 'precision': 40, 'scale': 2}",
                "at {'type': 'array', 'items': {'type': 'long', 'logicalType': 'timestamp-nanos'}}",
                "local {'type': 'map', 'values': {'type': 'long', 'logicalType': 'local-timestamp-nanos'}}",
                "nothing 'null'",
                "onlyNull ['null']",
                "none {'type': 'fixed', 'name': 'None', 'size': 0}",
                "empty {'type': 'record', 'name': 'Empty', 'fields': []}",
                "parent ['null', 'R']",
                "Id 'int'",
                "id 'int'",
                "choice ['null', {'type': 'enum', 'name': 'a.X', 'symbols': ['A']}, {'type': 'fixed', 'name': 'b.X', 'size': 1}]");

        AvroColumns columns = AvroColumns.of(schema, AvroRules.STRICT);

        assertThat(columns.table()).isEmpty();
        assertThat(columns.unmappable())
                .extracting(Unmappable::sentence)
                .containsExactly(
                        "`amount`: a decimal of 40 digits is longer than a column's 38",
                        "`at[]`: a timestamp in nanoseconds does not fit into one of microseconds",
                        "`local{}`: a timestamp in nanoseconds does not fit into one of microseconds",
                        "`nothing`: nothing but null can stand here, which has no type",
                        "`onlyNull`: nothing but null can stand here, which has no type",
                        "`none`: a fixed of 0 bytes holds nothing",
                        "`empty`: record `Empty` has no fields, and a struct needs one",
                        "`parent`: record `R` contains itself, and a column's type can't",
                        "`choice.X`: two branches of the union are called `X`",
                        "`id`: differs from `Id` only in case, which most engines can't tell apart");
        assertThat(columns.unmappable())
                .extracting(Unmappable::wayOut)
                .containsExactly(
                        "use a precision of at most 38, or a string; or keep it as a text of JSON with `json-fields: [\"amount\"]` in the `format`",
                        "use timestamp-micros, or write `nanoseconds: truncate` into the `format`",
                        "use timestamp-micros, or write `nanoseconds: truncate` into the `format`",
                        "remove the field, or add a type to it",
                        "remove the field, or add a type to it",
                        "remove the field",
                        "add a field to it, or remove it; or keep it as a text of JSON with `json-fields: [\"empty\"]` in the `format`",
                        "flatten it, or keep it as a text of JSON with `json-fields: [\"parent\"]` in the `format`",
                        "rename one of them; or keep it as a text of JSON with `json-fields: [\"choice\"]` in the `format`",
                        "rename one of them");
    }

    @Test
    void theWayThroughJsonIsOneWhereverItIsTold() {
        Schema schema = record(
                "amount {'type': 'bytes', 'logicalType': 'decimal', 'precision': 40, 'scale': 2}",
                "volumes {'type': 'array', 'items': {'type': 'record', 'name': 'Volume', 'fields': ["
                        + "{'name': 'empty', 'type': {'type': 'record', 'name': 'Empty', 'fields': []}}]}}",
                "sections {'type': 'map', 'values': {'type': 'record', 'name': 'Section', 'fields': ["
                        + "{'name': 'inner', 'type': ['null', {'type': 'array', 'items': 'R'}]}]}}",
                "addresses {'type': 'array', 'items': {'type': 'record', 'name': 'Address', 'fields': ["
                        + "{'name': 'Zip', 'type': 'string'}, {'name': 'zip', 'type': 'int'}]}}",
                "choice ['null', {'type': 'enum', 'name': 'a.X', 'symbols': ['A']}, {'type': 'fixed', 'name': 'b.X', 'size': 1}]");
        Pattern told = Pattern.compile("json-fields: \\[\"([^\"]+)\"]");
        TreeSet<String> paths = new TreeSet<>();
        AvroColumns.of(schema, AvroRules.STRICT).unmappable().forEach(complaint -> {
            Matcher way = told.matcher(complaint.wayOut());
            assertThat(way.find()).as(complaint.toString()).isTrue();
            paths.add(way.group(1));
        });

        AvroColumns columns = AvroColumns.of(schema, new AvroRules(Nanoseconds.REFUSE, paths));

        assertThat(paths).containsExactly("addresses", "amount", "choice", "sections{}.inner", "volumes[].empty");
        assertThat(columns.unmappable()).isEmpty();
        assertThat(columns.jsonFields()).isEqualTo(paths);
    }

    @Test
    void refusesAValueThatIsNotARecord() {
        assertThat(AvroColumns.of(schema("'string'"), AvroRules.STRICT).unmappable())
                .containsExactly(new Unmappable(
                        "string",
                        "the value is `string`, and only a record has columns",
                        "wrap it in a record with one field"));
        assertThat(AvroColumns.of(record(), AvroRules.STRICT).unmappable())
                .extracting(Unmappable::sentence)
                .containsExactly("`R`: record `R` has no fields, and a struct needs one");
    }

    @Test
    void stopsAtASchemaThatGrowsWithoutEnd() {
        StringBuilder type = new StringBuilder("'int'");
        for (int level = 0; level < 40; level++) {
            String inner = "R" + (level - 1);
            type = new StringBuilder("{'type': 'record', 'name': 'R" + level + "', 'fields': [{'name': 'a', 'type': "
                    + type + "}, {'name': 'b', 'type': " + (level == 0 ? "'int'" : "'" + inner + "'") + "}]}");
        }

        assertThat(AvroColumns.of(schema(type.toString()), AvroRules.STRICT).unmappable())
                .extracting(Unmappable::why)
                .containsExactly("the schema has more than 10000 columns up to here");
    }

    @Test
    void usesARecordTwiceWhereItIsNotInsideItself() {
        Schema schema = record(
                "from {'type': 'record', 'name': 'Place', 'fields': [{'name': 'city', 'type': 'string'}]}",
                "to 'Place'");
        ColumnType place = new ColumnType.Struct(List.of(Column.required("city", Primitive.STRING)));

        assertThat(table(schema).columns())
                .containsExactly(Column.required("from", place), Column.required("to", place));
    }

    @Test
    void takesAnInvalidLogicalTypeForTheTypeUnderneath() {
        Schema schema = record(
                "a {'type': 'bytes', 'logicalType': 'decimal'}",
                "b {'type': 'bytes', 'logicalType': 'decimal', 'precision': 2, 'scale': 3}",
                "c {'type': 'fixed', 'name': 'C', 'size': 2, 'logicalType': 'decimal', 'precision': 5}",
                "d {'type': 'string', 'logicalType': 'date'}",
                "e {'type': 'long', 'logicalType': 'fiscal-quarter'}",
                "f {'type': 'fixed', 'name': 'F', 'size': 11, 'logicalType': 'duration'}");

        assertThat(table(schema).columns())
                .containsExactly(
                        Column.required("a", Primitive.BINARY),
                        Column.required("b", Primitive.BINARY),
                        Column.required("c", new ColumnType.Fixed(2)),
                        Column.required("d", Primitive.STRING),
                        Column.required("e", Primitive.LONG),
                        Column.required("f", new ColumnType.Fixed(11)));
    }

    @Test
    void namesABranchByItsTypeWithoutTheNamespace() {
        Schema schema = record(
                "v ['int', 'null', {'type': 'record', 'name': 'shop.Card', 'fields': [{'name': 'no', 'type': 'string'}]}]",
                "w ['long']");

        assertThat(table(schema).columns())
                .containsExactly(
                        Column.optional(
                                "v",
                                new ColumnType.Struct(List.of(
                                        Column.optional("int", Primitive.INT),
                                        Column.optional(
                                                "Card",
                                                new ColumnType.Struct(
                                                        List.of(Column.required("no", Primitive.STRING))))))),
                        Column.required("w", new ColumnType.Struct(List.of(Column.optional("long", Primitive.LONG)))));
    }
}
