package dev.firn.schema.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroDecoder;
import dev.firn.schema.avro.AvroReading;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages are put together field number by field number, as the wire format has them, without the schema. */
class ProtobufDecoderTest {

    private static final AvroRules TRUNCATE = new AvroRules(Nanoseconds.TRUNCATE, new TreeSet<>());

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    static Stream<Arguments> values() {
        return Stream.of(
                one("double f = 1;", out -> out.writeDouble(1, -0.5), -0.5),
                one("float f = 1;", out -> out.writeFloat(1, Float.NaN), Float.NaN),
                one("int32 f = 1;", out -> out.writeInt32(1, Integer.MIN_VALUE), Integer.MIN_VALUE),
                one("sint32 f = 1;", out -> out.writeSInt32(1, -7), -7),
                one("sfixed32 f = 1;", out -> out.writeSFixed32(1, -7), -7),
                one("uint32 f = 1;", out -> out.writeUInt32(1, -1), 4_294_967_295L),
                one("fixed32 f = 1;", out -> out.writeFixed32(1, -1), 4_294_967_295L),
                one("int64 f = 1;", out -> out.writeInt64(1, Long.MIN_VALUE), Long.MIN_VALUE),
                one("sint64 f = 1;", out -> out.writeSInt64(1, -7), -7L),
                one("sfixed64 f = 1;", out -> out.writeSFixed64(1, -7), -7L),
                one("uint64 f = 1;", out -> out.writeUInt64(1, -1), new BigDecimal("18446744073709551615")),
                one("fixed64 f = 1;", out -> out.writeFixed64(1, 5), new BigDecimal(5)),
                one("bool f = 1;", out -> out.writeBool(1, true), true),
                one("string f = 1;", out -> out.writeString(1, "Schnee ❄ 😀"), "Schnee ❄ 😀"),
                one("bytes f = 1;", out -> out.writeByteArray(1, new byte[] {0, -1}), ByteBuffer.wrap(new byte[] {0, -1
                })),
                one("E f = 1; enum E { A = 0; B = 5; }", out -> out.writeEnum(1, 5), "B"),
                one(
                        "E f = 1; enum E { option allow_alias = true; A = 0; B = 5; C = 5; }",
                        out -> out.writeEnum(1, 5),
                        "B"),
                one("int32 f = 1;", out -> {}, 0),
                one("string f = 1;", out -> {}, ""),
                one("E f = 1; enum E { A = 0; B = 5; }", out -> {}, "A"),
                one("optional int32 f = 1;", out -> {}, null),
                one("optional int32 f = 1;", out -> out.writeInt32(1, 0), 0),
                one("M f = 1; message M { int32 x = 1; }", out -> {}, null),
                one(
                        "M f = 1; message M { int32 x = 1; }",
                        out -> message(out, 1, m -> m.writeInt32(1, 3)),
                        Row.of("x", 3)),
                one("M f = 1; message M { int32 x = 1; }", out -> message(out, 1, m -> {}), Row.of("x", 0)),
                one("repeated int32 f = 1;", out -> {}, List.of()),
                one("repeated int32 f = 1;", ProtobufDecoderTest::packed, List.of(1, 2)),
                one("repeated int32 f = 1 [packed = false];", ProtobufDecoderTest::packed, List.of(1, 2)),
                one(
                        "repeated string f = 1;",
                        out -> {
                            out.writeString(1, "a");
                            out.writeString(1, "");
                        },
                        List.of("a", "")),
                one(
                        "map<string, int64> f = 1;",
                        out -> {
                            message(out, 1, entry("a", 1));
                            message(out, 1, entry("b", 2));
                            message(out, 1, entry("a", 3));
                        },
                        Map.of("a", 3L, "b", 2L)),
                one(
                        "map<uint64, bool> f = 1;",
                        out -> message(out, 1, m -> {
                            m.writeUInt64(1, -1);
                            m.writeBool(2, true);
                        }),
                        Map.of("18446744073709551615", true)),
                one(
                        "map<bool, M> f = 1; message M { int32 x = 1; }",
                        out -> message(out, 1, m -> {
                            m.writeBool(1, false);
                            message(m, 2, x -> x.writeInt32(1, 9));
                        }),
                        Map.of("false", Row.of("x", 9))),
                one(
                        "google.protobuf.Timestamp f = 1;",
                        out -> message(out, 1, timestamp(-1, 999_999_000)),
                        OffsetDateTime.parse("1969-12-31T23:59:59.999999Z")),
                one(
                        "google.protobuf.Timestamp f = 1;",
                        out -> message(out, 1, timestamp(253_402_300_799L, 0)),
                        OffsetDateTime.parse("9999-12-31T23:59:59Z")),
                one("google.protobuf.Timestamp f = 1;", out -> {}, null),
                one(
                        "google.protobuf.Duration f = 1;",
                        out -> message(out, 1, timestamp(-3, -5)),
                        Row.of("seconds", -3L, "nanos", -5)),
                one("google.protobuf.StringValue f = 1;", out -> {}, null),
                one("google.protobuf.StringValue f = 1;", out -> message(out, 1, m -> {}), ""),
                one(
                        "google.protobuf.UInt64Value f = 1;",
                        out -> message(out, 1, m -> m.writeUInt64(1, -1)),
                        new BigDecimal("18446744073709551615")),
                one(
                        "google.protobuf.Struct f = 1;",
                        out -> message(out, 1, struct()),
                        "{\"n\":null,\"d\":1.5,\"i\":3,\"s\":\"x\",\"b\":true,\"l\":[2,{}]}"),
                one("google.protobuf.Value f = 1;", out -> message(out, 1, m -> m.writeString(3, "v")), "\"v\""));
    }

    private static Arguments one(String field, Fields fields, @Nullable Object expected) {
        return Arguments.of(field, fields, expected);
    }

    private static void packed(CodedOutputStream out) throws IOException {
        out.writeByteArray(1, new byte[] {1, 2});
    }

    private static Fields entry(String key, long value) {
        return out -> {
            out.writeString(1, key);
            out.writeInt64(2, value);
        };
    }

    private static Fields timestamp(long seconds, int nanos) {
        return out -> {
            out.writeInt64(1, seconds);
            out.writeInt32(2, nanos);
        };
    }

    private static Fields struct() {
        return out -> {
            field(out, "n", value -> value.writeEnum(1, 0));
            field(out, "d", value -> value.writeDouble(2, 1.5));
            field(out, "i", value -> value.writeDouble(2, 3));
            field(out, "s", value -> value.writeString(3, "x"));
            field(out, "b", value -> value.writeBool(4, true));
            field(
                    out,
                    "l",
                    value -> message(value, 6, list -> {
                        message(list, 1, item -> item.writeDouble(2, 2));
                        message(list, 1, item -> message(item, 5, empty -> {}));
                    }));
        };
    }

    private static void field(CodedOutputStream out, String name, Fields value) throws IOException {
        message(out, 1, entry -> {
            entry.writeString(1, name);
            message(entry, 2, value);
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueHasItsColumn(String field, Fields fields, @Nullable Object expected) throws Exception {
        assertThat(decode(proto3(field), AvroRules.STRICT, framed(fields))
                        .values()
                        .get(0))
                .isEqualTo(expected);
    }

    @Test
    void theBranchesOfAOneofAreColumns() throws Exception {
        String proto = proto3(
                "oneof pay { string card = 1; Cash cash = 2; int32 none = 3; } message Cash { int64 cents = 1; }");
        assertThat(decode(proto, AvroRules.STRICT, framed(out -> message(out, 2, cash -> cash.writeInt64(1, 50)))))
                .isEqualTo(Row.of("card", null, "cash", Row.of("cents", 50L), "none", null));
        assertThat(decode(proto, AvroRules.STRICT, framed(out -> out.writeInt32(3, 0))))
                .isEqualTo(Row.of("card", null, "cash", null, "none", 0));
    }

    @Test
    void whatProto2RequiresIsRequired() throws Exception {
        String proto = "syntax = \"proto2\"; message M { required int32 a = 1; optional int32 b = 2 [default = 7]; }";
        assertThat(table(proto, AvroRules.STRICT).columns().stream().map(column -> column.isOptional()))
                .containsExactly(false, true);
        assertThat(decode(proto, AvroRules.STRICT, framed(out -> out.writeInt32(1, 3))))
                .as("a default is what a reader would put, not what was written")
                .isEqualTo(Row.of("a", 3, "b", null));
        assertThat(rejected(proto, AvroRules.STRICT, framed(out -> out.writeInt32(2, 3))))
                .extracting(Rejected::code, Rejected::reason)
                .containsExactly(RejectCode.INVALID_VALUE, "it is no message `M`: Message missing required fields: a");
    }

    @Test
    void theFrameNamesTheMessage() throws Exception {
        String proto =
                """
                syntax = "proto3";
                message First { int32 a = 1; message Inner { string b = 1; } }
                message Second { int32 a = 1; }
                """;
        Fields number = out -> out.writeInt32(1, 4);
        Fields text = out -> out.writeString(1, "t");
        assertThat(decode(proto, AvroRules.STRICT, framed(new int[] {0}, number)))
                .isEqualTo(Row.of("a", 4));
        assertThat(decode(proto, AvroRules.STRICT, framed(new int[] {2, 0}, number)))
                .isEqualTo(Row.of("a", 4));
        assertThat(decode(proto, AvroRules.STRICT, framed(new int[] {2, 2}, number)))
                .isEqualTo(Row.of("a", 4));
        assertThat(rejected(proto, AvroRules.STRICT, framed(new int[] {4, 0, 0}, text))
                        .reason())
                .as("of another message, which the table has no columns for")
                .isEqualTo("the table has no column for `b` (string)");
        assertThat(rejected(proto, AvroRules.STRICT, framed(new int[] {2, 4}, number))
                        .reason())
                .isEqualTo("the frame names message [2], which the schema does not have");
        assertThat(rejected(proto, AvroRules.STRICT, framed(new int[] {1}, number))
                        .reason())
                .isEqualTo("the frame says that `-1` indexes name the message; is it the frame of another serializer?");
        assertThat(rejected(proto, AvroRules.STRICT, framed(new int[] {0x80, 0x80, 0x80, 0x80, 0x80, 0}, number))
                        .reason())
                .isEqualTo("the frame has an index of more than five bytes");
        assertThat(rejected(proto, AvroRules.STRICT, AvroBytes.framed(2)))
                .extracting(Rejected::code, Rejected::reason)
                .containsExactly(RejectCode.TRUNCATED_PAYLOAD, "the value ends in its frame, after 6 bytes");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(
                        proto3("int32 f = 1;"),
                        framed(out -> out.writeString(2, "not in the schema")),
                        RejectCode.INVALID_VALUE,
                        "message `M` has field number 2, which the schema in its frame does not name"),
                Arguments.of(
                        proto3("N f = 1; message N { int32 x = 1; }"),
                        framed(out -> message(out, 1, n -> n.writeInt32(3, 1))),
                        RejectCode.INVALID_VALUE,
                        "message `M.N` has field number 3, which the schema in its frame does not name"),
                Arguments.of(
                        proto3("E f = 1; enum E { A = 0; B = 5; }"),
                        framed(out -> out.writeEnum(1, 6)),
                        RejectCode.INVALID_VALUE,
                        "`M.f` is `6`, which enum `M.E` has no name for"),
                Arguments.of(
                        proto3("google.protobuf.Timestamp f = 1;"),
                        framed(out -> message(out, 1, timestamp(0, 1_001))),
                        RejectCode.INVALID_VALUE,
                        "`M.f` has `1001` ns, and a table keeps microseconds; `nanoseconds: truncate` in the `format` cuts"
                                + " the rest off"),
                Arguments.of(
                        proto3("google.protobuf.Timestamp f = 1;"),
                        framed(out -> message(out, 1, timestamp(253_402_300_800L, 0))),
                        RejectCode.INVALID_VALUE,
                        "`M.f` is no timestamp: `253402300800` s and `0` ns"),
                Arguments.of(
                        proto3("google.protobuf.Timestamp f = 1;"),
                        framed(out -> message(out, 1, timestamp(0, -1))),
                        RejectCode.INVALID_VALUE,
                        "`M.f` is no timestamp: `0` s and `-1` ns"),
                Arguments.of(
                        proto3("google.protobuf.Value f = 1;"),
                        framed(out -> message(out, 1, value -> value.writeDouble(2, Double.NaN))),
                        RejectCode.INVALID_VALUE,
                        "`M.f` has the number `NaN`, which JSON has none for"),
                Arguments.of(
                        proto3("google.protobuf.Value f = 1;"),
                        framed(out -> message(out, 1, value -> {})),
                        RejectCode.INVALID_VALUE,
                        "`M.f` has a `google.protobuf.Value` with nothing in it"),
                Arguments.of(
                        proto3("string f = 1;"),
                        framed(out -> out.writeByteArray(1, new byte[] {'a', -1})),
                        RejectCode.BAD_UTF8,
                        "it is no message `M`: Protocol message had invalid UTF-8."),
                Arguments.of(
                        "syntax = \"proto2\"; message M { optional string f = 1; }",
                        framed(out -> out.writeByteArray(1, new byte[] {'a', -1})),
                        RejectCode.BAD_UTF8,
                        "it is no message `M`: Protocol message had invalid UTF-8."),
                Arguments.of(
                        proto3("string f = 1;"),
                        AvroBytes.framed(0, 10, 5, 'a'),
                        RejectCode.TRUNCATED_PAYLOAD,
                        "it is no message `M`: While parsing a protocol message, the input ended unexpectedly in the"
                                + " middle of a field.  This could mean either that the input has been truncated or that"
                                + " an embedded message misreported its own length."),
                Arguments.of(
                        proto3("string f = 1;"),
                        AvroBytes.framed(0, 0),
                        RejectCode.INVALID_VALUE,
                        "it is no message `M`: Protocol message contained an invalid tag (zero)."));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badRecordsAreRefused(String proto, byte[] value, RejectCode code, String reason) throws Exception {
        assertThat(rejected(proto, AvroRules.STRICT, value))
                .extracting(Rejected::code, Rejected::reason)
                .containsExactly(code, reason);
    }

    @Test
    void nanosecondsAreCutOffWhereTheFileSaysSo() throws Exception {
        assertThat(decode(
                                proto3("google.protobuf.Timestamp f = 1;"),
                                TRUNCATE,
                                framed(out -> message(out, 1, timestamp(-1, 1_999))))
                        .values())
                .containsExactly(OffsetDateTime.parse("1969-12-31T23:59:59.000001Z"));
    }

    @Test
    void aMessageInItselfIsATextWhereTheFileSaysSo() throws Exception {
        String proto = "syntax = \"proto3\"; message Node { int32 n = 1; Node next = 2; }";
        AvroColumns columns = AvroColumns.of(ProtobufSchemas.of(first(proto)), AvroRules.STRICT);
        assertThat(columns.unmappable().get(0).sentence())
                .isEqualTo("`next`: record `Node` contains itself, and a column's type can't");
        AvroRules json = new AvroRules(Nanoseconds.REFUSE, new TreeSet<>(List.of("next")));
        assertThat(decode(proto, json, framed(out -> {
                    out.writeInt32(1, 1);
                    message(out, 2, next -> {
                        next.writeInt32(1, 2);
                        message(next, 2, last -> last.writeInt32(1, 3));
                    });
                })))
                .isEqualTo(Row.of("n", 1, "next", "{\"n\":2,\"next\":{\"n\":3,\"next\":null}}"));
    }

    @Test
    void aMessageOfAllFieldsIsReadInOneGo() throws Exception {
        List<String> fields = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            fields.add("int64 f" + i + " = " + i + ";");
            expected.add((long) i);
        }
        byte[] value = framed(out -> {
            for (int i = 300; i >= 1; i--) {
                out.writeInt64(i, i);
            }
        });
        assertThat(decode(proto3(String.join(" ", fields)), AvroRules.STRICT, value)
                        .values())
                .isEqualTo(expected);
    }

    private static String proto3(String body) {
        return """
                syntax = "proto3";
                import "google/protobuf/timestamp.proto";
                import "google/protobuf/duration.proto";
                import "google/protobuf/wrappers.proto";
                import "google/protobuf/struct.proto";
                message M { %s }
                """
                .formatted(body);
    }

    private static com.google.protobuf.Descriptors.Descriptor first(String proto) throws NotProtobuf {
        return ProtobufFile.parse(proto).first().orElseThrow();
    }

    private static TableSchema table(String proto, AvroRules rules) throws NotProtobuf {
        return AvroColumns.of(ProtobufSchemas.of(first(proto)), rules).table().orElseThrow();
    }

    private static Row decode(String proto, AvroRules rules, byte[] value) throws NotProtobuf, Rejected {
        TableSchema table = table(proto, rules);
        ProtobufDecoder<AvroDecoder> decoder = new ProtobufDecoder<>(
                ProtobufFile.parse(proto),
                rules,
                schema -> AvroDecoder.compile(schema, new AvroReading(null, rules), table, Row.FACTORY));
        return (Row) Objects.requireNonNull(decoder.decode(AvroBytes.raw(value), AvroDecoder::decode));
    }

    private static Rejected rejected(String proto, AvroRules rules, byte[] value) {
        return catchThrowableOfType(Rejected.class, () -> decode(proto, rules, value));
    }

    private static byte[] framed(Fields fields) {
        return framed(new int[] {0}, fields);
    }

    private static byte[] framed(int[] indexes, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(AvroBytes.framed(indexes));
        bytes.writeBytes(written(fields));
        return bytes.toByteArray();
    }

    private static void message(CodedOutputStream out, int number, Fields fields) throws IOException {
        out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeByteArrayNoTag(written(fields));
    }

    private static byte[] written(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
