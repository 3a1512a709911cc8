package dev.firn.schema.json;

import static dev.firn.schema.json.JsonRecords.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroJsonTest {

    private static final Schema SCHEMA = AvroBytes.schema("{'type': 'record', 'name': 'R', 'fields': ["
            + "{'name': 'i', 'type': ['null', 'int']}, {'name': 'l', 'type': ['null', 'long']},"
            + "{'name': 'f', 'type': ['null', 'float']}, {'name': 'd', 'type': ['null', 'double']},"
            + "{'name': 'b', 'type': ['null', 'bytes']}, {'name': 't', 'type': ['boolean', 'string']},"
            + "{'name': 'x', 'type': ['null', {'type': 'fixed', 'name': 'X', 'size': 2}]},"
            + "{'name': 'e', 'type': ['null', {'type': 'enum', 'name': 'n.E', 'symbols': ['A', 'B']}]},"
            + "{'name': 'm', 'type': ['null', {'type': 'map', 'values': 'double'}]},"
            + "{'name': 'a', 'type': ['null', {'type': 'array', 'items': ['null', 'R']}]}]}");

    private static final String REST =
            ", 'd': null, 'b': null, 't': {'boolean': true}, 'x': null, 'e': null, 'm': null, 'a': null}";

    private static final String WHOLE =
            "{'i': {'int': -7}, 'l': {'long': 1e3}, 'f': {'float': 0.5}, 'd': {'double': -0.1},"
                    + " 'b': {'bytes': '\\u00ffa'}, 't': {'string': 's\u00f6\\n'}, 'x': {'X': 'ab'}, 'e': {'n.E': 'B'},"
                    + " 'm': {'map': {'k': 1.5, 'n': 'NaN'}}, 'a': {'array': [null, {'R': {'i': null, 'l': null, 'f': null"
                    + REST
                    + "}]}}";

    private static final ObjectMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Written by Avro's own encoder of JSON, and by its encoder of bytes. */
    @Property(tries = 1_000)
    void makesTheBytesThatAvroMakes(@ForAll long seed) throws IOException, Rejected {
        RandomAvro random = new RandomAvro(seed);
        Schema schema = random.record();
        Object datum = random.recordValue(schema);
        ByteArrayOutputStream binary = new ByteArrayOutputStream();

        new OneNaN(schema).write(datum, EncoderFactory.get().directBinaryEncoder(binary, null));

        assertThat(AvroJson.binary(schema, json(schema, datum), 0, 0)).isEqualTo(binary.toByteArray());
    }

    /** In bytes what is no number may be so in many ways, and in JSON in one. */
    private static final class OneNaN extends GenericDatumWriter<Object> {

        OneNaN(Schema schema) {
            super(schema);
        }

        @Override
        protected void writeWithoutConversion(Schema schema, Object datum, Encoder out) throws IOException {
            // A union looks for its branch by what the number is.
            boolean isNaN = schema.getType() != Schema.Type.UNION
                    && datum instanceof Number number
                    && Double.isNaN(number.doubleValue());
            super.writeWithoutConversion(schema, isNaN ? (Object) Float.NaN : datum, out);
        }
    }

    /** What is accepted of whatever there is comes out of Avro's own encoder with the value that it had. */
    @Test
    void losesNothingOfWhatItTakes() throws IOException {
        Random random = new Random(11);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] value = mutated(random);
            byte[] binary;
            try {
                binary = AvroJson.binary(SCHEMA, value, 0, 0);
            } catch (Rejected expected) {
                continue;
            }
            taken++;
            BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(binary, null);
            Object read = new GenericDatumReader<>(SCHEMA).read(null, decoder);
            assertThat(decoder.isEnd()).isTrue();
            JsonNode before = TREES.readTree(value);
            assertThat(TREES.readTree(json(SCHEMA, read)).equals(AvroJsonTest::compare, before))
                    .as(new String(value, StandardCharsets.UTF_8))
                    .isTrue();
        }
        assertThat(taken).isBetween(1_000, 10_000);
    }

    /** Some of its scalars become others, and sometimes a byte does. */
    private static byte[] mutated(Random random) {
        String text = Pattern.compile("-?[0-9][0-9.e]*|null|true|'[A-Z]'")
                .matcher(WHOLE)
                .replaceAll(
                        found -> random.nextInt(8) > 0 ? found.group() : SCALARS.get(random.nextInt(SCALARS.size())));
        return random.nextInt(4) > 0 ? utf8(text) : MutatedJsonTest.mutated(quoted(text), random);
    }

    private static final List<String> SCALARS = List.of(
            "-0",
            "0.0",
            "1.0",
            "1.5",
            "1e3",
            "1E-3",
            "2147483648",
            "-2147483648",
            "16777217",
            "0.1",
            "0.123456789",
            "0.10000000000000001",
            "9223372036854775807",
            "9223372036854775808",
            "1e19",
            "1e400",
            "1e-400",
            "'NaN'",
            "'Infinity'",
            "'A'",
            "null",
            "true",
            "{}",
            "[]");

    /** Numbers are equal by their value, however they are written; a double is the nearest there is. */
    private static int compare(JsonNode some, JsonNode other) {
        if (some.isNumber() && other.isNumber()) {
            return some.decimalValue().compareTo(other.decimalValue()) == 0
                            || (float) some.doubleValue() == (float) other.doubleValue()
                    ? 0
                    : 1;
        }
        return some.equals(other) ? 0 : 1;
    }

    private static byte[] json(Schema schema, Object datum) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().jsonEncoder(schema, json);
        new GenericDatumWriter<>(schema).write(datum, encoder);
        encoder.flush();
        return json.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            'i': {'int': 2147483648}         | `i` is `2147483648`, which does not fit into 32 bits
            'i': {'int': '1'}                | `i` is the text `1`, and its schema says `int`
            'l': {'long': 1.5}               | `l` is the number `1.5`, and its schema says `long`
            'l': {'long': 1e19}              | `l` is `1e19`, which does not fit into 64 bits
            'l': 1                           | `l` is the number `1`, and its schema says `null or {"long": …}`
            'l': {}                          | `l` is an object, and its schema says `null or {"long": …}`
            't': null                        | `t` is null, and its schema says `{"boolean": …} or {"string": …}`
            't': {'boolean': 1}              | `t` is the number `1`, and its schema says `boolean`
            't': {'string': false}           | `t` is the boolean `false`, and its schema says `string`
            'l': {'int': 1}                  | `l` names the branch `int`, which its union does not have
            'l': {'long': 1, 'int': 1}       | `l` names more than one branch of its union
            'f': {'float': 16777217}         | `f` is `16777217`, which a float can't hold with all its digits
            'f': {'float': 'nan'}            | `f` is the text `nan`, and its schema says `float`
            'd': {'double': 1e400}           | `d` is `1e400`, which a double can't hold with all its digits
            'b': {'bytes': '\\u0100'}        | `b` has a character that stands for no byte: `\u0100`
            'b': {'bytes': [1]}              | `b` is an array, and its schema says `bytes`
            'x': {'X': 'a'}                  | `x` has 1 bytes, and its schema says 2
            'e': {'n.E': 'C'}                | `e` is `C`, which its enum does not have
            'e': {'E': 'A'}                  | `e` names the branch `E`, which its union does not have
            'm': {'map': {'a': 1, 'a': 2}}   | `m.a` is there twice
            'm': {'map': {'a': null}}        | `m{}` is null, and its schema says `double`
            'm': {'map': []}                 | `m` is an array, and its schema says `map`
            'a': {'array': {}}               | `a` is an object, and its schema says `array`
            'a': {'array': [{'R': 1}]}       | `a[]` is the number `1`, and its schema says `record`
            'a': {'array': [{'R': {'i': 1}}]} | `a[].i` is the number `1`, and its schema says `null or {"int": …}`
            'y': 1                           | `y` is there, and its schema does not name it
            """)
    void saysWhatIsWrongAndWhere(String field, String message) {
        String name = field.substring(1, 2);
        String rest = SCHEMA.getFields().stream()
                .map(Schema.Field::name)
                .filter(other -> !other.equals(name))
                .map(other -> ", '" + other + "': " + (other.equals("t") ? "{'string': ''}" : "null"))
                .reduce("", String::concat);

        Rejected rejected = rejected("{" + field + rest + "}");

        assertThat(rejected.reason()).isEqualTo(message);
        assertThat(rejected.code()).isEqualTo(RejectCode.INVALID_VALUE);
    }

    @Test
    void hasEachFieldOnceInWhateverOrderAndNothingBehind() throws Rejected {
        Schema pair = AvroBytes.record(
                "a 'int'",
                "b {'type': 'record', 'name': 'B', 'fields': [{'name': 'c', 'type': 'string'}, {'name': 'd', 'type': 'int'}]}",
                "e 'int'");
        byte[] inOrder = AvroJson.binary(pair, utf8("{'a': 1, 'b': {'c': 'x', 'd': 2}, 'e': 3}"), 0, 0);
        for (String other : new String[] {
            "{'e': 3, 'b': {'d': 2, 'c': 'x'}, 'a': 1} ",
            "{'b': {'c': 'x', 'd': 2}, 'a': 1, 'e': 3}",
            "{'a': 1, 'e': 3, 'b': {'d': 2, 'c': 'x'}}"
        }) {
            assertThat(AvroJson.binary(pair, utf8(other), 0, 0)).as(other).isEqualTo(inOrder);
        }
        for (String[] wrong : new String[][] {
            {"{'i': null}", "`l` is missing, and Avro's JSON has each field of its schema"},
            {"{'i': null, 'i': null}", "`i` is there twice"},
            {"{'l': null, 'l': null}", "`l` is there twice"},
            {"{'i': null, 'l': null, 'f': null" + REST + "}", "the object ends after 123 bytes of a value of 124"},
            {"[]", "the value is an array, and only an object has columns"},
        }) {
            assertThat(rejected(wrong[0]).reason()).isEqualTo(wrong[1]);
        }
    }

    /** A schema may hold itself, and a record may use that to be as deep as its bytes allow. */
    @Test
    void isNoDeeperThanAnyJson() {
        String deep = "{'a': {'array': [{'R': ".repeat(20_000);

        assertThat(rejected(deep).reason()).startsWith("the value is nested more than 500 deep, in `a[].a[]");
    }

    private static Rejected rejected(String value) {
        return catchThrowableOfType(Rejected.class, () -> AvroJson.binary(SCHEMA, utf8(value), 0, 0));
    }

    private static byte[] utf8(String value) {
        return quoted(value).getBytes(StandardCharsets.UTF_8);
    }
}
