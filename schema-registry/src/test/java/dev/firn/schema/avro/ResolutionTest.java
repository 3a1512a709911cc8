package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.encode;
import static dev.firn.schema.testing.AvroBytes.framed;
import static dev.firn.schema.testing.AvroBytes.raw;
import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.resolve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader's schema says of records that were written with another one. */
class ResolutionTest {

    private static final Schema OLD = record("id 'long'");
    private static final byte[] SEVEN =
            encode(OLD, new GenericRecordBuilder(OLD).set("id", 7L).build());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            'boolean'                                                                | true       | true
            'int'                                                                    | -3         | -3
            'long'                                                                   | 5000000000 | 5000000000
            'float'                                                                  | 0.5        | 0.5
            'double'                                                                 | 1e300      | 1.0E300
            'string'                                                                 | 'Grüße'    | Grüße
            {'type': 'enum', 'name': 'E', 'symbols': ['A', 'B']}                     | 'B'        | B
            {'type': 'int', 'logicalType': 'date'}                                   | 1          | 1970-01-02
            {'type': 'bytes', 'logicalType': 'decimal', 'precision': 4, 'scale': 2}  | '\\u0001\\u0000' | 2.56
            {'type': 'array', 'items': 'int'}                                        | [1, 2]     | [1, 2]
            {'type': 'map', 'values': 'int'}                                         | {'a': 1}   | {a=1}
            ['string', 'null']                                                       | 'x'        | x
            ['null', 'string']                                                       | null       | null
            """)
    void aColumnThatTheWriterLacksHasTheReadersDefault(String type, String value, String expected) throws Rejected {
        Schema reader = record("id 'long'", "added " + type + ", 'default': " + value);

        Row row = resolve(OLD, reader, SEVEN);

        assertThat(row.value("id")).isEqualTo(7L);
        assertThat(String.valueOf(row.value("added"))).isEqualTo(expected);
    }

    @Test
    void aDefaultIsFoundInsideAStructThatTheWriterHas() throws Rejected {
        Schema writer = record("s {'type': 'record', 'name': 'S', 'fields': [{'name': 'x', 'type': 'int'}]}");
        Schema reader = record("s {'type': 'record', 'name': 'S', 'fields': ["
                + "{'name': 'x', 'type': 'int'}, {'name': 'unit', 'type': 'string', 'default': 'm'}]}");
        GenericData.Record inner = new GenericData.Record(writer.getField("s").schema());
        inner.put("x", 5);

        Row row = resolve(
                writer,
                reader,
                encode(writer, new GenericRecordBuilder(writer).set("s", inner).build()));

        assertThat(row).isEqualTo(Row.of("s", Row.of("x", 5, "unit", "m")));
    }

    @Test
    void rowsShareNothingOfADefault() throws Rejected {
        Schema reader = record("id 'long'", "tags {'type': 'array', 'items': 'string'}, 'default': []");
        AvroDecoder decoder = AvroDecoder.compile(OLD, reader, AvroBytes.table(reader), Row.FACTORY);

        Row one = (Row) decoder.decode(raw(SEVEN));
        Row other = (Row) decoder.decode(raw(SEVEN));

        assertThat(one.value("tags")).isEqualTo(List.of()).isNotSameAs(other.value("tags"));
    }

    @Test
    void withoutADefaultTheColumnIsMissing() {
        Schema reader = record("id 'long'", "added 'string'");

        assertThat(refused(OLD, reader).code()).isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN);
    }

    /** Old registries let it in, and Avro would only fail when it was needed. */
    @Test
    void aDefaultOfAnotherTypeIsNone() throws AvroSchemas.NotAvro {
        Schema reader = AvroSchemas.parse(record("id 'long'", "added 'int'")
                .toString()
                .replace("\"type\":\"int\"", "\"type\":\"int\",\"default\":\"three\""));

        assertThat(reader.getField("added").hasDefaultValue()).isTrue();
        assertThat(refused(OLD, reader).code()).isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN);
    }

    @Test
    void aFieldUnderItsFormerNameGoesToTheColumnOfTheNewOne() throws Rejected {
        Schema reader = record("key 'long', 'aliases': ['number', 'id']");

        assertThat(resolve(OLD, reader, SEVEN)).isEqualTo(Row.of("key", 7L));
    }

    @Test
    void whereTheWriterHasBothNamesTheOldOneIsAnotherField() {
        Schema writer = record("id 'long'", "key 'long'");
        Schema reader = record("key 'long', 'aliases': ['id']");

        Rejected rejected = refused(writer, reader);

        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
        assertThat(rejected.reason()).contains("`id`");
    }

    @Test
    void twoFormerNamesOfOneColumnAreNotLaidOverEachOther() {
        Schema writer = record("a 'long'", "b 'long'");
        Schema reader = record("key 'long', 'aliases': ['a', 'b']");

        assertThat(refused(writer, reader).code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
    }

    @Test
    void aTableThatStillHasTheFormerNameKeepsIt() throws Rejected {
        Schema reader = record("key 'long', 'aliases': ['id']");
        TableSchema table = new TableSchema(List.of(Column.required("id", Primitive.LONG)));

        assertThat(AvroDecoder.compile(OLD, reader, table, Row.FACTORY).decode(raw(SEVEN)))
                .isEqualTo(Row.of("id", 7L));
    }

    @Test
    void oneTypeGoesToItsBranchOfTheReadersUnion() throws Rejected {
        Schema reader = record("id ['string', 'long']");

        assertThat(resolve(OLD, reader, SEVEN)).isEqualTo(Row.of("id", Row.of("string", null, "long", 7L)));
    }

    @Test
    void aNarrowerTypeGoesToTheFirstBranchThatHoldsItExactly() throws Rejected {
        Schema writer = record("id 'int'");
        Schema reader = record("id ['float', 'string', 'double', 'long']");
        byte[] value =
                encode(writer, new GenericRecordBuilder(writer).set("id", 7).build());

        Row row = resolve(writer, reader, value);

        // A float holds no more than 24 bits of an int.
        assertThat(row).isEqualTo(Row.of("id", Row.of("float", null, "string", null, "double", 7.0, "long", null)));
    }

    @Test
    void aProjectionKnowsDefaultsAndFormerNamesToo() throws Rejected {
        Schema reader = record("key 'long', 'aliases': ['id']", "region 'string', 'default': 'EU'");

        RowDecoder projection = AvroDecoder.projection(
                OLD, new AvroReading(reader, AvroRules.STRICT), AvroBytes.table(reader), Row.FACTORY);

        assertThat(projection.decode(raw(SEVEN))).isEqualTo(Row.of("key", 7L, "region", "EU"));
    }

    @Test
    void aDefaultTakesNothingFromTheRecord() {
        Schema reader = record("added 'string', 'default': 'x'", "id 'long'");

        Rejected rejected = catchThrowableOfType(Rejected.class, () -> resolve(OLD, reader, framed()));

        assertThat(Objects.requireNonNull(rejected).code()).isEqualTo(RejectCode.TRUNCATED_PAYLOAD);
    }

    private static Rejected refused(Schema writer, Schema reader) {
        Rejected rejected = catchThrowableOfType(
                Rejected.class, () -> AvroDecoder.compile(writer, reader, AvroBytes.table(reader), Row.FACTORY));
        return Objects.requireNonNull(rejected);
    }
}
