package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.decode;
import static dev.firn.schema.testing.AvroBytes.encode;
import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class BindingTest {

    @Test
    void putsFieldsWhereTheTableHasThemAndNullWhereTheWriterHasNone() throws Rejected {
        Schema writer = record("b 'string'", "a 'int'");
        TableSchema table = new TableSchema(List.of(
                Column.required("a", Primitive.INT),
                Column.optional("later", Primitive.DATE),
                Column.optional("b", Primitive.STRING)));

        Object datum =
                new GenericRecordBuilder(writer).set("b", "x").set("a", 1).build();

        assertThat(decode(writer, table, encode(writer, datum))).isEqualTo(Row.of("a", 1, "later", null, "b", "x"));
    }

    @Test
    void bindsByNameInsideStructsToo() throws Rejected {
        Schema writer = record("s {'type': 'record', 'name': 'S', 'fields': [{'name': 'y', 'type': 'int'}]}");
        TableSchema table = table(
                record(
                        "s {'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': ['null', 'string']}, {'name': 'y', 'type': 'int'}]}"));
        GenericData.Record inner = new GenericData.Record(writer.getField("s").schema());
        inner.put("y", 5);
        Object datum = new GenericRecordBuilder(writer).set("s", inner).build();

        assertThat(decode(writer, table, encode(writer, datum))).isEqualTo(Row.of("s", Row.of("x", null, "y", 5)));
    }

    @Test
    void bindsTheBranchesOfAChoiceByName() throws Rejected {
        Schema writer = record("v ['string', 'int']");
        TableSchema table = table(record("v ['null', 'int', 'long', 'string']"));
        Object datum = new GenericRecordBuilder(writer).set("v", "x").build();

        assertThat(decode(writer, table, encode(writer, datum)))
                .isEqualTo(Row.of("v", Row.of("int", null, "long", null, "string", "x")));
    }

    @Test
    void bindsADurationToAStructInAnotherOrder() throws Rejected {
        Schema writer = record("v {'type': 'fixed', 'name': 'D', 'size': 12, 'logicalType': 'duration'}");
        TableSchema table = new TableSchema(List.of(Column.required(
                "v",
                new ColumnType.Struct(List.of(
                        Column.required("millis", Primitive.LONG),
                        Column.optional("days", Primitive.LONG),
                        Column.required("months", Primitive.LONG))))));
        Object datum = new GenericRecordBuilder(writer)
                .set("v", new GenericData.Fixed(writer.getField("v").schema(), new byte[] {
                    1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0
                }))
                .build();

        assertThat(decode(writer, table, encode(writer, datum)))
                .isEqualTo(Row.of("v", Row.of("millis", 3L, "days", 2L, "months", 1L)));
    }

    @Test
    void widensWhereNothingIsLost() throws Rejected {
        Schema writer = record(
                "a 'int'",
                "b ['null', 'int']",
                "c 'float'",
                "d {'type': 'bytes', 'logicalType': 'decimal', 'precision': 4, 'scale': 2}");
        TableSchema table = new TableSchema(List.of(
                Column.required("a", Primitive.LONG),
                Column.optional("b", Primitive.DOUBLE),
                Column.optional("c", Primitive.DOUBLE),
                Column.required("d", new ColumnType.Decimal(9, 2))));
        Object datum = new GenericRecordBuilder(writer)
                .set("a", Integer.MIN_VALUE)
                .set("b", Integer.MAX_VALUE)
                .set("c", 0.5f)
                .set("d", ByteBuffer.wrap(new byte[] {1, 0}))
                .build();

        assertThat(decode(writer, table, encode(writer, datum)))
                .isEqualTo(Row.of("a", -2147483648L, "b", 2147483647d, "c", 0.5d, "d", new BigDecimal("2.56")));
    }

    @Test
    void refusesASchemaWithWhatTheTableLacksOrCanNotTake() {
        Schema writer = record(
                "id 'long'",
                "discount ['null', 'double']",
                "s {'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int'}, {'name': 'new', 'type': 'string'}]}",
                "choice ['int', 'string']",
                "tags {'type': 'array', 'items': 'long'}");
        TableSchema table = table(record(
                "id 'int'",
                "s {'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'string'}]}",
                "choice ['int', 'long']",
                "tags {'type': 'array', 'items': 'float'}"));

        assertRefused(
                writer,
                table,
                RejectCode.SCHEMA_NOT_IN_TABLE,
                "`id` is long, and the table's column is int; "
                        + "the table has no column for `discount` (double); "
                        + "`s.x` is int, and the table's column is string; "
                        + "the table has no column for `s.new` (string); "
                        + "the table has no column for `choice.string` (string); and 1 more");
    }

    @Test
    void cutsATypeThatIsTooLongForAMessage() {
        Schema writer = record(
                "s {'type': 'record', 'name': 'S', 'fields': [{'name': '" + "x".repeat(60) + "', 'type': 'int'}]}",
                "id 'int'");

        assertRefused(
                writer,
                table(record("id 'int'")),
                RejectCode.SCHEMA_NOT_IN_TABLE,
                "the table has no column for `s` (struct<" + "x".repeat(53) + "…)");
    }

    @Test
    void refusesAPromotionThatRoundsOrChangesTheMeaning() {
        List<List<Object>> refused = List.of(
                List.of("'int'", Primitive.FLOAT),
                List.of("'long'", Primitive.INT),
                List.of("'long'", Primitive.DOUBLE),
                List.of("'double'", Primitive.FLOAT),
                List.of("'string'", Primitive.BINARY),
                List.of("'bytes'", Primitive.STRING),
                List.of("'string'", Primitive.UUID),
                List.of("{'type': 'int', 'logicalType': 'date'}", Primitive.LONG),
                List.of("{'type': 'fixed', 'name': 'F', 'size': 2}", new ColumnType.Fixed(3)),
                List.of(
                        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 4, 'scale': 2}",
                        new ColumnType.Decimal(3, 2)),
                List.of(
                        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 4, 'scale': 2}",
                        new ColumnType.Decimal(9, 3)),
                List.of("{'type': 'array', 'items': 'int'}", Primitive.INT),
                List.of("{'type': 'map', 'values': 'int'}", Primitive.INT),
                List.of("['int', 'string']", Primitive.INT),
                List.of(
                        "{'type': 'fixed', 'name': 'F', 'size': 12, 'logicalType': 'duration'}",
                        new ColumnType.Fixed(12)));
        for (List<Object> one : refused) {
            Schema writer = record("v " + one.get(0));
            ColumnType own = table(writer).columns().get(0).type();
            TableSchema table = new TableSchema(List.of(Column.required("v", (ColumnType) one.get(1))));

            assertRefused(
                    writer,
                    table,
                    RejectCode.SCHEMA_NOT_IN_TABLE,
                    "`v` is " + own + ", and the table's column is " + one.get(1));
        }
    }

    @Test
    void refusesASchemaWithoutARequiredColumn() {
        Schema writer = record("s {'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int'}]}");
        TableSchema table = table(
                record(
                        "id 'long'",
                        "s {'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int'}, {'name': 'y', 'type': 'int'}]}"));

        assertRefused(
                writer,
                table,
                RejectCode.MISSING_REQUIRED_COLUMN,
                "the writer's schema has nothing for the required column `s.y`; "
                        + "the writer's schema has nothing for the required column `id`");
    }

    @Test
    void refusesAChoiceIntoAStructThatRequiresABranch() {
        TableSchema table = new TableSchema(List.of(Column.required(
                "v",
                new ColumnType.Struct(
                        List.of(Column.required("int", Primitive.INT), Column.optional("string", Primitive.STRING))))));

        assertRefused(
                record("v ['int', 'string']"),
                table,
                RejectCode.MISSING_REQUIRED_COLUMN,
                "the writer's schema has nothing for the required column `v.int`");
    }

    @Test
    void refusesOnlyTheNullsOfAnOptionalFieldForARequiredColumn() throws Rejected {
        Schema writer = record(
                "v ['null', 'int']", "l {'type': 'array', 'items': ['int', 'null']}", "c ['null', 'int', 'string']");
        TableSchema table = table(record("v 'int'", "l {'type': 'array', 'items': 'int'}", "c ['int', 'string']"));
        GenericRecordBuilder whole = new GenericRecordBuilder(writer)
                .set("v", 1)
                .set("l", List.of(2))
                .set("c", 3);

        assertThat(decode(writer, table, encode(writer, whole.build())))
                .isEqualTo(Row.of("v", 1, "l", List.of(2), "c", Row.of("int", 3, "string", null)));
        assertNullRefused(
                writer, table, new GenericRecordBuilder(whole).set("v", null).build(), "v");
        assertNullRefused(
                writer,
                table,
                new GenericRecordBuilder(whole)
                        .set("l", java.util.Arrays.asList(1, null))
                        .build(),
                "l[]");
        assertNullRefused(
                writer, table, new GenericRecordBuilder(whole).set("c", null).build(), "c");
    }

    @Test
    void refusesASchemaThatCanNotBeMapped() {
        assertRefused(
                record("id 'long'", "at {'type': 'long', 'logicalType': 'timestamp-nanos'}"),
                table(record("id 'long'")),
                RejectCode.UNMAPPABLE_SCHEMA,
                "`at`: a timestamp in nanoseconds does not fit into one of microseconds");
    }

    private static void assertNullRefused(Schema writer, TableSchema table, Object datum, String path) {
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> decode(writer, table, encode(writer, datum)));
        assertThat(rejected.code()).isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN);
        assertThat(rejected.reason()).isEqualTo("`" + path + "` is null, and the table requires a value");
    }

    private static void assertRefused(Schema writer, TableSchema table, RejectCode code, String message) {
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> AvroDecoder.compile(writer, table, Row.FACTORY));
        assertThat(rejected).as(writer + " into " + table).isNotNull();
        assertThat(rejected.reason()).isEqualTo(message);
        assertThat(rejected.code()).isEqualTo(code);
    }
}
