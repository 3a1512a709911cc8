package dev.firn.schema.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written from a text is what Avro's own reader finds, its logical types among it. */
class AvroDatumTest {

    private static final GenericData AVROS_OWN = avrosOwn();

    private static GenericData avrosOwn() {
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        data.addLogicalTypeConversion(new TimeConversions.DateConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        return data;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"boolean\" | true | true",
                "\"int\" | -2147483648 | -2147483648",
                "\"long\" | 9223372036854775807 | 9223372036854775807",
                "\"float\" | 0.1 | 0.1",
                "\"double\" | -1.5e300 | -1.5E300",
                "\"double\" | NaN | NaN",
                "\"string\" | 0042 | 0042",
                "\"string\" | \"null\" | null",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2} | 0x0102 | [1, 2]",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]} | B | B",
                "{\"type\":\"array\",\"items\":\"int\"} | [1, 2] | [1, 2]",
                "{\"type\":\"map\",\"values\":\"int\"} | {a: 1} | {a=1}",
                "[\"null\",\"int\"] | ~ | null",
                "[\"null\",\"int\"] | 5 | 5",
                "[\"int\",\"boolean\"] | true | true",
                "[\"string\",\"long\"] | {long: 5} | 5",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2} | -42.5 | -42.50",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":3,\"scale\":0} | 1e2 | 100",
                "{\"type\":\"fixed\",\"name\":\"D\",\"size\":4,\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2} | -0.01 | -0.01",
                "{\"type\":\"int\",\"logicalType\":\"date\"} | 1969-12-31 | 1969-12-31",
                "{\"type\":\"int\",\"logicalType\":\"time-millis\"} | 09:14:07.001 | 09:14:07.001",
                "{\"type\":\"long\",\"logicalType\":\"time-micros\"} | 09:14:07.000001 | 09:14:07.000001",
                "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"} | 2026-01-03T09:14:07+01:00 | 2026-01-03T08:14:07Z",
                "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"} | 2026-01-03 09:14:07.000001 | 2026-01-03T09:14:07.000001Z",
                "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"} | 1969-12-31T23:59:59.999999Z | 1969-12-31T23:59:59.999999Z",
                "{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"} | 1970-01-01T00:00:01.000000002Z | 1000000002",
                "{\"type\":\"long\",\"logicalType\":\"local-timestamp-millis\"} | 2026-01-03T09:14 | 2026-01-03T09:14",
                "{\"type\":\"long\",\"logicalType\":\"local-timestamp-micros\"} | 2026-01-03 09:14:07 | 2026-01-03T09:14:07",
                "{\"type\":\"string\",\"logicalType\":\"uuid\"} | 00000000-0000-0000-0000-00000000000A | 00000000-0000-0000-0000-00000000000a",
                "{\"type\":\"fixed\",\"name\":\"U\",\"size\":16,\"logicalType\":\"uuid\"} | 00000000-0000-0001-0000-000000000002 | [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2]",
                "{\"type\":\"fixed\",\"name\":\"P\",\"size\":12,\"logicalType\":\"duration\"} | {days: 2, millis: 4294967295} | [0, 0, 0, 0, 2, 0, 0, 0, -1, -1, -1, -1]",
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"default\":7},{\"name\":\"b\",\"type\":[\"null\",\"int\"]}]} | {} | {\"a\": 7, \"b\": null}",
            })
    void isWhatAvroReads(String type, String yaml, String read) throws Unfit, IOException {
        Schema schema = schema(type);

        assertThat(String.valueOf(roundTrip(schema, AvroDatum.of(node(yaml), schema, "value"))))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"boolean\" | yes | `f` is `yes` | `true` or `false`",
                "\"boolean\" | \"true\" | `f` is `true` | `true` or `false`",
                "\"int\" | 2147483648 | `f` is `2147483648` | a whole number from -2147483648 to 2147483647",
                "\"int\" | 1.5 | `f` is `1.5` | a whole number from -2147483648 to 2147483647",
                "\"int\" | ~ | `f` is null | a whole number from -2147483648 to 2147483647",
                "\"string\" | [a] | `f` is a list | text",
                "\"bytes\" | ff | `f` is `ff` | hexadecimal digits behind `0x`, such as `0x00ff`",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2} | 0x01 | `f` has 1 bytes | 2 bytes",
                "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2} | 0.001 | `f` is `0.001` | a number with at most 2 digits behind the point",
                "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"} | today | `f` is `today` | an instant such as `2026-01-03T09:14:07Z`",
                "{\"type\":\"long\",\"logicalType\":\"local-timestamp-micros\"} | 2026-01-03T09:14:07Z | `f` is `2026-01-03T09:14:07Z` | a time without a zone such as `2026-01-03T09:14:07`",
                "[\"string\",\"long\"] | 5 | `f` is `5`, which fits several branches of the union | a mapping that names the branch: `{string: ...}` or `{long: ...}`",
                "[\"int\",\"boolean\"] | x | `f` is `x` | a value of one of `boolean`, `int`",
                "[\"int\",\"boolean\"] | ~ | `f` is null | a value, for the schema has no null there",
            })
    void refusesWhatNoProducerCouldWrite(String type, String yaml, String message, String expected) {
        Schema schema = schema(type);

        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> AvroDatum.of(node(yaml), schema, "f"))
                .satisfies(unfit -> {
                    assertThat(unfit.sentence()).isEqualTo(message);
                    assertThat(unfit.expected()).contains(expected);
                });
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        Schema schema = schema(
                """
                {"type": "record", "name": "R", "fields": [
                  {"name": "a", "type": "int"}, {"name": "b", "type": ["null", "int"]}, {"name": "c", "type": "string"}]}
                """);

        assertThatExceptionOfType(Unfit.class)
                .isThrownBy(() -> AvroDatum.of(node("{}"), schema, "value"))
                .satisfies(unfit -> assertThat(unfit.sentence())
                        .isEqualTo("`a`, `c` are not given, and the schema has no default there and no null"));
    }

    @Test
    void bytesAreTheirDigits() throws Unfit {
        assertThat(AvroDatum.of(node("0x00fF"), schema("\"bytes\""), "value"))
                .isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
    }

    @Test
    void writesMoreDigitsThanTheSchemaHas() throws Unfit {
        Schema schema = schema("{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":3,\"scale\":0}");

        assertThat(AvroDatum.of(node("123456"), schema, "value"))
                .isEqualTo(ByteBuffer.wrap(new byte[] {1, (byte) 0xe2, 0x40}));
    }

    private static Schema schema(String text) {
        return new Schema.Parser().parse(text);
    }

    private static Node node(String yaml) {
        return ((Node.Mapping)
                        YamlReader.read("test.yaml", "v: " + yaml).value().orElseThrow())
                .child("v")
                .orElseThrow();
    }

    private static @Nullable Object roundTrip(Schema schema, @Nullable Object datum) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<@Nullable Object>(schema).write(datum, encoder);
        encoder.flush();
        return new GenericDatumReader<@Nullable Object>(schema, schema, AVROS_OWN)
                .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    }
}
