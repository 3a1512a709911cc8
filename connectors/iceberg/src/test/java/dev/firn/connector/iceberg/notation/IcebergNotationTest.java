package dev.firn.connector.iceberg.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Loss;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation.Claim;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.Remarks;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.notation.WrittenSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class IcebergNotationTest {

    private static final Schema EVERYTHING = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get(), "the key"),
            Types.NestedField.optional(2, "n", Types.IntegerType.get()),
            Types.NestedField.optional(3, "flag", Types.BooleanType.get()),
            Types.NestedField.optional(4, "f", Types.FloatType.get()),
            Types.NestedField.optional(5, "d", Types.DoubleType.get()),
            Types.NestedField.optional(6, "text", Types.StringType.get()),
            Types.NestedField.optional(7, "bytes", Types.BinaryType.get()),
            Types.NestedField.optional(8, "md5", Types.FixedType.ofLength(16)),
            Types.NestedField.optional(9, "day", Types.DateType.get()),
            Types.NestedField.optional(10, "time", Types.TimeType.get()),
            Types.NestedField.optional(11, "at", Types.TimestampType.withZone()),
            Types.NestedField.optional(12, "local", Types.TimestampType.withoutZone()),
            Types.NestedField.optional(13, "uuid", Types.UUIDType.get()),
            Types.NestedField.optional(14, "sum", Types.DecimalType.of(38, 4)),
            Types.NestedField.required(
                    20,
                    "lines",
                    Types.ListType.ofRequired(
                            21,
                            Types.StructType.of(
                                    Types.NestedField.required(22, "sku", Types.StringType.get(), "as sold"),
                                    Types.NestedField.optional(23, "empty?", Types.BooleanType.get())))),
            Types.NestedField.optional(
                    30, "by", Types.MapType.ofOptional(31, 32, Types.IntegerType.get(), Types.StringType.get())));

    private final IcebergNotation iceberg = new IcebergNotation();

    @Test
    void everyTypeComesBackWithItsIdAndItsDoc() throws Exception {
        ReadSchema read = read(SchemaParser.toJson(EVERYTHING));
        WrittenSchema written = iceberg.write(read.schema());

        assertThat(read.losses()).isEmpty();
        assertThat(written.losses()).isEmpty();
        assertThat(SchemaParser.fromJson(written.text()).asStruct()).isEqualTo(EVERYTHING.asStruct());
        assertThat(written.text()).endsWith("}\n");
    }

    @Test
    void columnsOfFirnBecomeWhatFirnWouldMakeOfThem() throws Exception {
        List<Column> columns = new ArrayList<>();
        for (Primitive type : Primitive.values()) {
            columns.add(Column.optional("c" + columns.size(), type));
        }
        columns.add(Column.required("sum", new ColumnType.Decimal(10, 2)));
        columns.add(Column.required("md5", new ColumnType.Fixed(16)));
        columns.add(Column.optional(
                "tags",
                new ColumnType.MapOf(
                        new ColumnType.ListOf(
                                new ColumnType.Struct(List.of(Column.required("a", Primitive.INT))),
                                Nullability.OPTIONAL),
                        Nullability.REQUIRED)));

        WrittenSchema written = iceberg.write(PortableSchema.of("", columns));

        assertThat(written.losses()).isEmpty();
        assertThat(SchemaParser.fromJson(written.text()).toString())
                .isEqualTo(
                        """
                        table {
                          1: c0: optional boolean
                          2: c1: optional int
                          3: c2: optional long
                          4: c3: optional float
                          5: c4: optional double
                          6: c5: optional string
                          7: c6: optional binary
                          8: c7: optional date
                          9: c8: optional time
                          10: c9: optional timestamp
                          11: c10: optional timestamptz
                          12: c11: optional uuid
                          13: sum: required decimal(10, 2)
                          14: md5: required fixed[16]
                          15: tags: optional map<string, list<struct<19: a: required int>>>
                        }""");
    }

    @Test
    void idsThatAreThereStay() throws Exception {
        WrittenSchema written = iceberg.write(schema(
                Field.required("a", Plain.STRING),
                new Field("b", Value.required(Plain.STRING).withId(1), Remarks.NONE),
                new Field(
                        "c",
                        Value.required(
                                new Shape.ListOf(Value.required(Plain.DATE).withId(3))),
                        Remarks.NONE)));

        assertThat(SchemaParser.fromJson(written.text()).toString())
                .isEqualTo(
                        """
                        table {
                          2: a: required string
                          1: b: required string
                          4: c: required list<date>
                        }""");
    }

    @Test
    void saysWhatBecomesOfTypesThatItDoesNotHave() throws Exception {
        WrittenSchema written = iceberg.write(schema(
                Field.required("small", new Whole(16, Sign.UNSIGNED)),
                Field.required("huge", new Whole(64, Sign.UNSIGNED)),
                Field.required("at", new Shape.Timestamp(TimeUnit.NANOS, Zone.INSTANT)),
                Field.required("time", new Shape.Time(TimeUnit.MILLIS)),
                Field.required("body", Plain.JSON),
                Field.required("lasts", Plain.DURATION),
                Field.required("state", new Shape.Symbols(TypeName.of("shop.State"), List.of("NEW"), Optional.empty())),
                Field.required(
                        "choice",
                        new Shape.OneOf(
                                List.of(Field.optional("int", Whole.INT), Field.optional("string", Plain.STRING))))));

        assertThat(written.losses().stream().map(loss -> loss.kind() + " " + loss.line()))
                .containsExactly(
                        "LOST the record: the name `t` is lost: Iceberg has no place for it",
                        "CHANGED `small`: a whole number of 16 bits without a sign becomes one of 32",
                        "CHANGED `huge`: a whole number of 64 bits without a sign becomes a decimal of 20 digits",
                        "LOST `at`: what is finer than a microsecond is lost: Iceberg has it as microseconds",
                        "CHANGED `time`: millis become microseconds",
                        "LOST `body`: that it is JSON is lost: Iceberg has it as string",
                        "LOST `lasts`: that it is a duration is lost: Iceberg has it as a record of months, days and millis",
                        "LOST `state`: the enum `shop.State` of `NEW` is lost: Iceberg has it as string",
                        "LOST `choice`: that it is one of `int`, `string` is lost: Iceberg has it as a record with an optional"
                                + " field for each");
        assertThat(SchemaParser.fromJson(written.text())
                        .findField("choice.string")
                        .isOptional())
                .isTrue();
    }

    @Test
    void readsTheNewestSchemaOfATableAndSaysWhatElseTheTableHas() throws Exception {
        Schema schema = new Schema(EVERYTHING.columns(), java.util.Set.of(1));
        TableMetadata metadata = TableMetadata.newTableMetadata(
                schema,
                PartitionSpec.builderFor(schema).day("at").bucket("text", 4).build(),
                SortOrder.builderFor(schema).asc("id").build(),
                "file:/lake/orders",
                Map.of());
        String text = TableMetadataParser.toJson(metadata);

        ReadSchema read = read(text);

        assertThat(read.schema().fields())
                .extracting(Field::name)
                .containsExactlyElementsOf(
                        schema.columns().stream().map(Types.NestedField::name).toList());
        assertThat(read.losses().stream().map(Loss::line))
                .containsExactly(
                        "the record: the partitioning by `at_day`, `text_bucket` is lost: a schema of columns has no place"
                                + " for it",
                        "the record: the sort order is lost: a schema of columns has no place for it",
                        "the record: that rows are identified by `id` is lost: a schema of columns has no place for it");
        assertThat(iceberg.claim(SchemaDocument.text("v3.json", text))).isEqualTo(Claim.CONTENT);
    }

    @Test
    void saysWhyADocumentIsNone() {
        assertThatThrownBy(() -> read("{"))
                .isInstanceOf(NotReadable.class)
                .hasMessageStartingWith("it is no schema of Iceberg: ");
        assertThatThrownBy(
                        () -> read(
                                "{\"type\": \"struct\", \"fields\": [{\"id\": 1, \"name\": \"a\", \"required\": true, \"type\": \"money\"}]}"))
                .isInstanceOf(NotReadable.class)
                .hasMessage("it is no schema of Iceberg: Cannot parse type string to primitive: money");
        assertThatThrownBy(() -> read("{\"last-column-id\": 1}"))
                .isInstanceOf(NotReadable.class)
                .hasMessageStartingWith("it is no metadata of an Iceberg table: ");
        assertThatThrownBy(() -> iceberg.write(schema(
                        Field.required("sum", new Shape.Decimal(40, 2)),
                        Field.required("none", new Shape.Fixed(TypeName.NONE, 0)),
                        Field.optional("next", new Shape.Again("t")))))
                .isInstanceOf(NotExpressible.class)
                .hasMessage(
                        "`sum`: a decimal of 40 digits is longer than the 38 of Iceberg; use a precision of at most 38, or a"
                                + " string; `none`: a fixed of 0 bytes holds nothing; remove the field; `next`: record `t` contains"
                                + " itself, and Iceberg has no word for that; flatten it, or make it a string of JSON");
    }

    private ReadSchema read(String text) throws NotReadable {
        return iceberg.read(SchemaDocument.text("a schema", text));
    }

    private static PortableSchema schema(Field... fields) {
        return new PortableSchema(new Shape.Struct(TypeName.of("t"), List.of(fields)));
    }
}
