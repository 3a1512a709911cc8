package dev.firn.schema.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import dev.firn.schema.registry.ProtobufText;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProtobufFileTest {

    /** Files whose texts come with Protobuf, beside what its own compiler made of them. */
    static Stream<FileDescriptor> compiledByProtobufItself() {
        return Stream.of(
                AnyProto.getDescriptor(),
                ApiProto.getDescriptor(),
                FieldMaskProto.getDescriptor(),
                StructProto.getDescriptor(),
                TypeProto.getDescriptor(),
                WrappersProto.getDescriptor());
    }

    @ParameterizedTest
    @MethodSource("compiledByProtobufItself")
    void readsWhatProtobufsCompilerReads(FileDescriptor compiled) throws Exception {
        ProtobufFile file = ProtobufFile.parse(packed(compiled.getFullName()));
        for (int i = 0; i < compiled.getMessageTypes().size(); i++) {
            requireSame(
                    file.at(List.of(i)).orElseThrow(),
                    compiled.getMessageTypes().get(i));
        }
        assertThat(file.at(List.of(compiled.getMessageTypes().size()))).isEmpty();
    }

    private static void requireSame(Descriptor ours, Descriptor theirs) {
        assertThat(ours.getFullName()).isEqualTo(theirs.getFullName());
        assertThat(ours.getFields().stream().map(ProtobufFileTest::shown).toList())
                .isEqualTo(
                        theirs.getFields().stream().map(ProtobufFileTest::shown).toList());
        assertThat(ours.getEnumTypes().stream().map(ProtobufFileTest::shown).toList())
                .isEqualTo(theirs.getEnumTypes().stream()
                        .map(ProtobufFileTest::shown)
                        .toList());
        List<Descriptor> nested = theirs.getNestedTypes();
        assertThat(ours.getNestedTypes()).hasSameSizeAs(nested);
        for (Descriptor type : nested) {
            requireSame(ours.findNestedTypeByName(type.getName()), type);
        }
    }

    private static String shown(FieldDescriptor field) {
        return field.getNumber() + " " + field.getName() + " " + field.getType() + " " + type(field)
                + (field.isRepeated() ? " repeated" : "") + (field.isRequired() ? " required" : "")
                + (field.hasPresence() ? " presence" : "") + (field.isMapField() ? " map" : "")
                + (field.isRepeated() && field.isPackable() && field.isPacked() ? " packed" : "")
                + Optional.ofNullable(field.getContainingOneof())
                        .map(oneof -> " in " + oneof.getName())
                        .orElse("")
                + (field.hasDefaultValue() ? " = " + field.getDefaultValue() : "");
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> "";
        };
    }

    private static String shown(EnumDescriptor type) {
        return type.getFullName()
                + type.getValues().stream().map(ProtobufFileTest::shown).toList();
    }

    private static String shown(EnumValueDescriptor value) {
        return value.getName() + "=" + value.getNumber();
    }

    private static String packed(String path) throws Exception {
        try (InputStream text = FileDescriptor.class.getResourceAsStream("/" + path)) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void findsMessagesByTheirIndexesAndByTheirNames() throws Exception {
        ProtobufFile file = ProtobufFile.parse(
                """
                syntax = "proto3";
                package a.b;
                message First { map<string, string> tags = 1; message Inner { message Core { int32 x = 1; } } }
                message Second { First.Inner.Core core = 1; }
                """);
        assertThat(file.first().orElseThrow().getFullName()).isEqualTo("a.b.First");
        assertThat(file.at(List.of(1)).orElseThrow().getFullName()).isEqualTo("a.b.Second");
        assertThat(file.at(List.of(0, 0, 0)).orElseThrow().getFullName()).isEqualTo("a.b.First.Inner.Core");
        assertThat(file.at(List.of(0, 1)))
                .as("what a map makes is no message of the file")
                .isEmpty();
        assertThat(file.at(List.of())).isEmpty();
        assertThat(file.at(List.of(-1))).isEmpty();
        assertThat(file.at(List.of(1, 0))).isEmpty();
        assertThat(file.named("a.b.First.Inner").orElseThrow().getName()).isEqualTo("Inner");
        assertThat(file.named("First")).isEmpty();
    }

    @Test
    void takesImportsFromWhatComesWithTheText() throws Exception {
        String money = "syntax = \"proto3\"; package common; message Money { string currency = 1; sint64 units = 2; }";
        String order =
                """
                syntax = "proto3";
                import "common/money.proto";
                import "google/protobuf/field_mask.proto";
                message Order { common.Money total = 1; google.protobuf.FieldMask mask = 2; }
                """;
        ProtobufText text = new ProtobufText(order, new TreeMap<>(Map.of("common/money.proto", money)));
        assertThat(ProtobufText.of(text.text())).isEqualTo(text);
        Descriptor message = ProtobufFile.parse(text.text()).first().orElseThrow();
        assertThat(message.findFieldByName("total").getMessageType().getFields().stream()
                        .map(ProtobufFileTest::shown))
                .containsExactly("1 currency STRING ", "2 units SINT64 ");
        assertThat(message.findFieldByName("mask").getMessageType().getFullName())
                .isEqualTo("google.protobuf.FieldMask");
    }

    static Stream<Arguments> wrong() {
        String proto3 = "syntax = \"proto3\"; ";
        return Stream.of(
                Arguments.of("message A {", "Syntax error in schema.proto:1:12: unexpected end of file"),
                Arguments.of(
                        proto3 + "message A { Unknown x = 1; }",
                        "unable to resolve Unknown, for field x (schema.proto:1:32), in message A (schema.proto:1:20)"),
                Arguments.of(
                        proto3 + "message A { X x = 1; Y y = 2; }",
                        "unable to resolve X, for field x (schema.proto:1:32), in message A (schema.proto:1:20); and 1"
                                + " more"),
                Arguments.of("{\"a\": 1}", "it starts with a brace, which no `.proto` file does"),
                Arguments.of(
                        proto3 + "import \"no/such.proto\"; message A { int32 a = 1; }",
                        "it imports `no/such.proto`, which is not among its references"),
                Arguments.of(
                        proto3 + "import \"google/protobuf/no.proto\"; message A { int32 a = 1; }",
                        "it imports `google/protobuf/no.proto`, which is not among its references"),
                Arguments.of(
                        proto3 + "message A { int32 a = 1; string b = 1; }",
                        "multiple fields share tag 1:, 1. a (schema.proto:1:32), 2. b (schema.proto:1:45), for message A"
                                + " (schema.proto:1:20)"),
                Arguments.of("message A { optional group G = 1 { } }", "schema.proto:1:13: 'group' is not supported"),
                Arguments.of(
                        "edition = \"2023\"; message A { }",
                        "Syntax error in schema.proto:1:8: edition is not currently supported"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsWrongWithAText(String text, String complaint) {
        NotProtobuf thrown = catchThrowableOfType(NotProtobuf.class, () -> ProtobufFile.parse(text));
        assertThat(thrown).hasMessage(complaint);
    }

    @Test
    void outlivesATextThatIsNestedWithoutEnd() {
        String text = "message A {".repeat(200_000);
        assertThat(catchThrowableOfType(NotProtobuf.class, () -> ProtobufFile.parse(text)))
                .hasMessage("it is nested too deeply");
    }
}
