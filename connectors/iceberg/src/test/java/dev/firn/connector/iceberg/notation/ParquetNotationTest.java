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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetNotationTest {

    private static final TypeName NONE = TypeName.NONE;

    private final ParquetNotation parquet = new ParquetNotation();

    @TempDir
    private Path folder;

    @Test
    void everyTypeComesBack() throws Exception {
        List<Field> fields = new ArrayList<>();
        for (Plain plain : Plain.values()) {
            fields.add(Field.optional("plain" + fields.size(), plain));
        }
        for (int bits : new int[] {8, 16, 32, 64}) {
            fields.add(Field.required("i" + bits, new Whole(bits, Sign.SIGNED)));
            fields.add(Field.required("u" + bits, new Whole(bits, Sign.UNSIGNED)));
        }
        for (int digits : new int[] {1, 9, 10, 18, 19, 38, 76}) {
            fields.add(Field.required("d" + digits, new Shape.Decimal(digits, 1)));
        }
        for (TimeUnit unit : List.of(TimeUnit.MILLIS, TimeUnit.MICROS, TimeUnit.NANOS)) {
            fields.add(Field.required("time" + unit, new Shape.Time(unit)));
            fields.add(Field.required("instant" + unit, new Shape.Timestamp(unit, Zone.INSTANT)));
            fields.add(Field.required("local" + unit, new Shape.Timestamp(unit, Zone.LOCAL)));
        }
        fields.add(Field.required("fixed", new Shape.Fixed(NONE, 5)));
        fields.add(new Field(
                "list",
                Value.required(new Shape.ListOf(Value.optional(Plain.DATE).withId(3)))
                        .withId(2),
                Remarks.NONE));
        fields.add(Field.optional(
                "map",
                new Shape.MapOf(
                        Value.required(Whole.INT),
                        Value.required(new Shape.Struct(NONE, List.of(Field.optional("a", Plain.STRING)))))));
        PortableSchema schema = new PortableSchema(new Shape.Struct(TypeName.of("dev.shop.Order"), fields));

        WrittenSchema written = parquet.write(schema);

        assertThat(written.losses()).isEmpty();
        ReadSchema back = read(written.text());
        assertThat(back.losses()).isEmpty();
        assertThat(back.schema()).isEqualTo(schema);
        assertThat(parquet.claim(SchemaDocument.text("schema.txt", written.text())))
                .isEqualTo(Claim.CONTENT);
    }

    @Test
    void readsTheFooterOfAFile() throws Exception {
        Schema schema = new Schema(
                Types.NestedField.required(1, "id", Types.LongType.get()),
                Types.NestedField.optional(2, "tags", Types.ListType.ofOptional(3, Types.TimestampType.withZone())));
        Path file = folder.resolve("data.bin");
        try (FileAppender<GenericRecord> out = Parquet.write(org.apache.iceberg.Files.localOutput(file.toFile()))
                .schema(schema)
                .createWriterFunc(GenericParquetWriter::buildWriter)
                .build()) {
            GenericRecord row = GenericRecord.create(schema);
            row.setField("id", 1L);
            out.add(row);
        }

        ReadSchema read = parquet.read(SchemaDocument.file(file));

        assertThat(parquet.claim(SchemaDocument.file(file))).isEqualTo(Claim.CONTENT);
        assertThat(read.schema()).isEqualTo(IcebergShapes.of(schema).named("table"));
        assertThat(read.losses().stream().map(Loss::line))
                .containsExactly(
                        "the record: the file's property `iceberg.schema` is lost: a schema of columns has no place"
                                + " for it");
    }

    /** By the rules of Parquet's format for lists of old writers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repeated int32 a;",
                "required group a (LIST) { repeated int32 element; }",
                "required group a (LIST) { repeated int32 array; }",
                "required group a (LIST) { repeated group list { required int32 element; } }",
                "required group a (LIST) { repeated group bag { required int32 array_element; } }"
            })
    void readsAListOfNumbersHoweverItWasWritten(String field) throws Exception {
        assertThat(read("message m { " + field + " }").schema().fields())
                .containsExactly(Field.required("a", new Shape.ListOf(Value.required(Whole.INT))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "required group a (LIST) { repeated group array { required int32 x; } }",
                "required group a (LIST) { repeated group a_tuple { required int32 x; } }",
                "required group a (LIST) { repeated group list { required group element { required int32 x; } } }"
            })
    void readsAListOfRecordsHoweverItWasWritten(String field) throws Exception {
        assertThat(read("message m { " + field + " }").schema().fields())
                .containsExactly(Field.required(
                        "a",
                        new Shape.ListOf(
                                Value.required(new Shape.Struct(NONE, List.of(Field.required("x", Whole.INT)))))));
    }

    @Test
    void saysWhatOfTypesIsLost() throws Exception {
        ReadSchema read = read("message m { required int96 at; required binary state (ENUM); required binary b (BSON);"
                + " required int64 t (TIME(NANOS,true)); }");

        assertThat(read.schema().fields())
                .containsExactly(
                        Field.required("at", new Shape.Timestamp(TimeUnit.NANOS, Zone.INSTANT)),
                        Field.required("state", Plain.STRING),
                        Field.required("b", Plain.BYTES),
                        Field.required("t", new Shape.Time(TimeUnit.NANOS)));
        assertThat(read.losses().stream().map(Loss::line))
                .containsExactly(
                        "`at`: an int96 counts as an instant in nanoseconds",
                        "`state`: that it is an enum, whose symbols are not there, is lost: a schema of columns has no place"
                                + " for it",
                        "`b`: what its bytes are, `BSON`, is lost: a schema of columns has no place for it",
                        "`t`: that the time is one of UTC is lost: a schema of columns has no place for it");
    }

    @Test
    void saysWhyADocumentIsNone() throws IOException {
        Path torn = Files.writeString(folder.resolve("torn.parquet"), "PAR1....PAR1");

        assertThatThrownBy(() -> parquet.read(SchemaDocument.file(torn)))
                .isInstanceOf(NotReadable.class)
                .hasMessage("it is no Parquet file, or a broken one");
        assertThatThrownBy(() -> read("message m { required int33 a; }"))
                .isInstanceOf(NotReadable.class)
                .hasMessageStartingWith("it is no message of Parquet: ");
        assertThatThrownBy(
                        () -> read("message m { required group a (MAP) { repeated group kv { required int32 k; } } }"))
                .isInstanceOf(NotReadable.class)
                .hasMessage("`a` is a map whose entries are not a key and a value");
        assertThat(parquet.claim(SchemaDocument.text("m.proto", "message m { required int64 a = 1; }")))
                .isEqualTo(Claim.NONE);
    }

    @Test
    void refusesNamesThatItsTextWouldReadAsMarks() {
        assertThatThrownBy(() -> parquet.write(new PortableSchema(new Shape.Struct(
                        NONE,
                        List.of(
                                Field.required("unit price", Plain.STRING),
                                Field.required("part", new Shape.Struct(NONE, List.of())))))))
                .isInstanceOf(NotExpressible.class)
                .hasMessage(
                        "`unit price`: a name of Parquet has no spaces and no `,;{}()=`; rename it; `part`: it has no fields,"
                                + " and Parquet has no record without; add a field, or remove it");
    }

    @Test
    void keepsThatAnEnumIsOne() throws Exception {
        WrittenSchema written = parquet.write(new PortableSchema(new Shape.Struct(
                NONE,
                List.of(Field.required(
                        "state", new Shape.Symbols(TypeName.of("State"), List.of("NEW"), Optional.empty()))))));

        assertThat(written.text()).isEqualTo("message record {\n  required binary state (ENUM);\n}\n");
        assertThat(written.losses().stream().map(Loss::line))
                .containsExactly(
                        "`state`: the enum `State` of `NEW` is lost: Parquet has it as ENUM, without its symbols");
    }

    private ReadSchema read(String text) throws NotReadable {
        return parquet.read(SchemaDocument.text("a message", text));
    }
}
