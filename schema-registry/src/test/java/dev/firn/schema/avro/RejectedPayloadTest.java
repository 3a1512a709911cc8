package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.framed;
import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.spi.format.RejectCode.BAD_UTF8;
import static dev.firn.spi.format.RejectCode.DECIMAL_OVERFLOW;
import static dev.firn.spi.format.RejectCode.INVALID_VALUE;
import static dev.firn.spi.format.RejectCode.TRAILING_BYTES;
import static dev.firn.spi.format.RejectCode.TRUNCATED_PAYLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.schema.registry.Frame;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each way in which bytes can be wrong, its code and its words. */
class RejectedPayloadTest {

    private static final String LONG = "v 'long'";
    private static final String STRING = "v 'string'";
    private static final String LIST = "v {'type': 'array', 'items': 'int'}";

    @Test
    void anEndBeforeTheRecordsEnd() {
        assertRejected(LONG, TRUNCATED_PAYLOAD, "the value ends in `v`, which needs 1 more byte where 0 are left");
        assertRejected(
                LONG, TRUNCATED_PAYLOAD, "the value ends in `v`, which needs 1 more byte where 0 are left", 0x80);
        assertRejected(
                "v 'double'",
                TRUNCATED_PAYLOAD,
                "the value ends in `v`, which needs 8 more bytes where 3 are left",
                1,
                2,
                3);
        assertRejected(
                "v 'float'",
                TRUNCATED_PAYLOAD,
                "the value ends in `v`, which needs 4 more bytes where 3 are left",
                1,
                2,
                3);
        assertRejected(
                "v {'type': 'fixed', 'name': 'F', 'size': 2}",
                TRUNCATED_PAYLOAD,
                "the value ends in `v`, which needs 2 more bytes where 1 are left",
                1);
        assertRejected(
                "v {'type': 'fixed', 'name': 'F', 'size': 16, 'logicalType': 'uuid'}",
                TRUNCATED_PAYLOAD,
                "the value ends in `v`, which needs 16 more bytes where 9 are left",
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9);
    }

    @Test
    void aClaimThatTheBytesCanNotKeep() {
        // 2^31 - 1 as a zig-zag varint.
        int[] huge = {0xfe, 0xff, 0xff, 0xff, 0x0f};
        String message = "the value ends in `v`, which needs 2147483647 more bytes where 0 are left";
        assertRejected(STRING, TRUNCATED_PAYLOAD, message, huge);
        assertRejected("v 'bytes'", TRUNCATED_PAYLOAD, message, huge);
        assertRejected(LIST, TRUNCATED_PAYLOAD, message, huge);
        assertRejected("v {'type': 'map', 'values': 'int'}", TRUNCATED_PAYLOAD, message, huge);
        assertRejected(
                "v {'type': 'bytes', 'logicalType': 'decimal', 'precision': 4}", TRUNCATED_PAYLOAD, message, huge);
        // Long.MAX_VALUE, and a block of 2 items in 99 bytes.
        assertRejected(
                STRING,
                TRUNCATED_PAYLOAD,
                "the value ends in `v`, which needs 9223372036854775807 more bytes where 0 are left",
                0xfe,
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0x01);
        assertRejected(
                LIST,
                TRUNCATED_PAYLOAD,
                "the value ends in `v`, which needs 99 more bytes where 3 are left",
                0x03,
                0xc6,
                0x01,
                2,
                2,
                0);
    }

    @Test
    void bytesBehindTheRecord() {
        assertRejected(LONG, TRAILING_BYTES, "the record ends after 6 bytes of a value of 8", 2, 0, 0);
    }

    @Test
    void numbersOfTooManyBits() {
        String message32 = "`v` is a number of more than 32 bits";
        assertRejected("v 'int'", INVALID_VALUE, message32, 0x80, 0x80, 0x80, 0x80, 0x10);
        assertRejected("v 'int'", INVALID_VALUE, message32, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00);
        String message64 = "`v` is a number of more than 64 bits";
        assertRejected(LONG, INVALID_VALUE, message64, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02);
        assertRejected(LONG, INVALID_VALUE, message64, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0);
    }

    @Test
    void aNegativeLength() {
        assertRejected(STRING, INVALID_VALUE, "`v` has the length `-1`", 1);
    }

    @Test
    void textsThatAreNotUtf8() {
        assertRejected(STRING, BAD_UTF8, "`v` is not UTF-8: byte `0xff` at 1 of 3", 6, 'a', 0xff, 'b');
        assertRejected(STRING, BAD_UTF8, "`v` is not UTF-8: byte `0xc3` at 0 of 1", 2, 0xc3);
        // An overlong slash, a lone surrogate, a code point above the last.
        assertRejected(STRING, BAD_UTF8, "`v` is not UTF-8: byte `0xc0` at 0 of 2", 4, 0xc0, 0xaf);
        assertRejected(STRING, BAD_UTF8, "`v` is not UTF-8: byte `0xed` at 0 of 3", 6, 0xed, 0xa0, 0x80);
        assertRejected(STRING, BAD_UTF8, "`v` is not UTF-8: byte `0xf4` at 0 of 4", 8, 0xf4, 0x90, 0x80, 0x80);
        // A real replacement character does not hide what is wrong behind it.
        assertRejected(STRING, BAD_UTF8, "`v` is not UTF-8: byte `0x80` at 3 of 4", 8, 0xef, 0xbf, 0xbd, 0x80);
        assertRejected(
                "v {'type': 'map', 'values': 'int'}",
                BAD_UTF8,
                "`v` is not UTF-8: byte `0x80` at 0 of 1",
                2,
                2,
                0x80,
                0,
                0);
    }

    @Test
    void decimalsOfTooManyDigits() {
        String decimal = "v {'type': 'bytes', 'logicalType': 'decimal', 'precision': 4, 'scale': 2}";
        assertRejected(decimal, DECIMAL_OVERFLOW, "`v` is `100.00`, more digits than decimal(4, 2) has", 4, 0x27, 0x10);
        assertRejected(
                decimal, DECIMAL_OVERFLOW, "`v` is `-100.00`, more digits than decimal(4, 2) has", 4, 0xd8, 0xf0);
        int[] long9 = {18, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        assertRejected(
                decimal, DECIMAL_OVERFLOW, "`v` is `184467440737095516.16`, more digits than decimal(4, 2) has", long9);
        int[] long17 = IntStream.concat(
                        IntStream.of(34, 1), IntStream.generate(() -> 0).limit(16))
                .toArray();
        assertRejected(
                decimal, DECIMAL_OVERFLOW, "`v` is a number of 129 bits, more digits than decimal(4, 2) has", long17);
        assertRejected(decimal, INVALID_VALUE, "`v` is a decimal of no bytes", 0);
    }

    @Test
    void symbolsAndBranchesThatDoNotExist() {
        String symbols = "v {'type': 'enum', 'name': 'E', 'symbols': ['A', 'B']}";
        assertRejected(symbols, INVALID_VALUE, "`v` names symbol `2`, and its enum has 2", 4);
        assertRejected(symbols, INVALID_VALUE, "`v` names symbol `-1`, and its enum has 2", 1);
        assertRejected("v ['null', 'int']", INVALID_VALUE, "`v` names branch `2`, and its union has 2", 4);
        assertRejected("v ['int', 'string', 'null']", INVALID_VALUE, "`v` names branch `-3`, and its union has 3", 5);
    }

    @Test
    void valuesOutOfRange() {
        assertRejected("v 'boolean'", INVALID_VALUE, "`v` is a boolean with the value `2`", 2);
        assertRejected(
                "v {'type': 'int', 'logicalType': 'time-millis'}", INVALID_VALUE, "`v` is no time of a day: `-1`", 1);
        assertRejected(
                "v {'type': 'long', 'logicalType': 'time-micros'}",
                INVALID_VALUE,
                "`v` is no time of a day: `86400000000`",
                zigzag(86_400_000_000L));
        assertRejected(
                "v {'type': 'long', 'logicalType': 'timestamp-millis'}",
                INVALID_VALUE,
                "`v` is `9223372036854776` ms, which is no timestamp in 64 bits of microseconds",
                zigzag(Long.MAX_VALUE / 1000 + 1));
        assertRejected(
                "v {'type': 'long', 'logicalType': 'local-timestamp-millis'}",
                INVALID_VALUE,
                "`v` is `-9223372036854776` ms, which is no timestamp in 64 bits of microseconds",
                zigzag(Long.MIN_VALUE / 1000 - 1));
    }

    @Test
    void uuidsThatAreNone() {
        String uuid = "v {'type': 'string', 'logicalType': 'uuid'}";
        assertRejected(uuid, INVALID_VALUE, "`v` is not a uuid: `1-1-1-1-1`", text("1-1-1-1-1"));
        assertRejected(uuid, INVALID_VALUE, "`v` is not a uuid: `?[31m`", text("\u001b[31m"));
        assertRejected(uuid, INVALID_VALUE, "`v` is not a uuid: `" + "x".repeat(60) + "…`", text("x".repeat(63)));
    }

    @Test
    void blocksThatContradictThemselves() {
        assertRejected(LIST, INVALID_VALUE, "`v` has a block of `3` bytes whose items take 2", 0x03, 0x06, 2, 2, 0, 0);
        assertRejected(LIST, INVALID_VALUE, "`v` has a block of `-1` items in `-1` bytes", 1, 1);
        assertRejected(
                LIST,
                INVALID_VALUE,
                "`v` has a block of `-9223372036854775808` items in `0` bytes",
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0xff,
                0x01,
                0);
    }

    @Test
    void aKeyThatAMapHasTwice() {
        assertRejected(
                "v {'type': 'map', 'values': 'int'}",
                INVALID_VALUE,
                "`v` has the key `a` twice",
                4,
                2,
                'a',
                2,
                2,
                'a',
                4,
                0);
    }

    @Test
    void aPathDownToThePlace() {
        assertRejected(
                "v {'type': 'array', 'items': {'type': 'map', 'values': {'type': 'record', 'name': 'I', 'fields': [{'name': 'x', 'type': ['int', 'boolean']}]}}}",
                INVALID_VALUE,
                "`v[]{}.x.boolean` is a boolean with the value `7`",
                2,
                2,
                2,
                'k',
                2,
                7);
    }

    @Test
    void frames() {
        assertFrameRejected(null, TRUNCATED_PAYLOAD, "the record has no value");
        assertFrameRejected(
                new byte[] {0, 0, 0}, TRUNCATED_PAYLOAD, "the value has 3 bytes, and its frame alone takes 5");
        assertFrameRejected(
                "{\"id\": 1}".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                RejectCode.WRONG_MAGIC_BYTE,
                "the value starts with byte `0x7b`, not with `0x00`");
        assertFrameRejected(
                new byte[] {-1, 0, 0, 0, 0},
                RejectCode.WRONG_MAGIC_BYTE,
                "the value starts with byte `0xff`, not with `0x00`");
        assertRejected(LONG, null, TRUNCATED_PAYLOAD, "the record has no value");
    }

    @Test
    void acceptsWhatIsUnusualAndValid() throws Rejected {
        // A varint with padding, items in two blocks, one with its size, an empty block size.
        assertThat(AvroBytes.decode(record(LONG), framed(0x82, 0x00))).isEqualTo(Row.of("v", 1L));
        assertThat(AvroBytes.decode(record(LIST), framed(2, 2, 0x03, 0x04, 4, 6, 0)))
                .isEqualTo(Row.of("v", List.of(1, 2, 3)));
    }

    private static void assertFrameRejected(byte @Nullable [] value, RejectCode code, String message) {
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> Frame.schemaId(AvroBytes.raw(value)));
        assertThat(rejected.reason()).isEqualTo(message);
        assertThat(rejected.code()).isEqualTo(code);
    }

    private static void assertRejected(String field, RejectCode code, String message, int... payload) {
        assertRejected(field, framed(payload), code, message);
    }

    private static void assertRejected(String field, byte @Nullable [] value, RejectCode code, String message) {
        Schema schema = record(field);
        Rejected rejected = catchThrowableOfType(
                Rejected.class, () -> AvroDecoder.compile(schema, AvroBytes.table(schema), Row.FACTORY)
                        .decode(AvroBytes.raw(value)));
        assertThat(rejected).as(field + " of " + Arrays.toString(value)).isNotNull();
        assertThat(rejected.reason()).isEqualTo(message);
        assertThat(rejected.code()).isEqualTo(code);
    }

    private static int[] zigzag(long value) {
        long rest = value << 1 ^ value >> 63;
        int[] bytes = new int[10];
        int length = 0;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            bytes[length++] = (int) ((rest & 0x7f) | 0x80);
        }
        bytes[length++] = (int) rest;
        return Arrays.copyOf(bytes, length);
    }

    private static int[] text(String text) {
        return IntStream.concat(Arrays.stream(zigzag(text.length())), text.chars())
                .toArray();
    }
}
