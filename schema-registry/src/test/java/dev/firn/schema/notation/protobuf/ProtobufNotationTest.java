package dev.firn.schema.notation.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Loss;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProtobufNotationTest {

    private final ProtobufNotation protobuf = new ProtobufNotation();

    @Test
    void readsTheFirstMessageAndSaysWhatElseIsInIt() throws Exception {
        ReadSchema read = protobuf.read(
                SchemaDocument.text(
                        "order.proto",
                        """
                syntax = "proto2";
                package shop;
                import "google/protobuf/timestamp.proto";
                import "google/protobuf/struct.proto";
                import "google/protobuf/wrappers.proto";
                message Order {
                  required fixed64 id = 1;
                  optional uint32 count = 2 [default = 3];
                  optional google.protobuf.Timestamp at = 3;
                  optional google.protobuf.Struct extra = 4;
                  optional google.protobuf.BoolValue paid = 5;
                  repeated Line lines = 6;
                  map<int32, string> notes = 7;
                  oneof payment { string card = 8; bytes token = 9; }
                  enum State { NEW = 0; OLD = 1; }
                  optional State state = 10;
                }
                message Line { optional Line part = 1; }
                """));

        Shape line = new Shape.Struct(
                TypeName.of("shop.Line"), List.of(Field.optional("part", new Shape.Again("shop.Line"))));
        assertThat(read.schema().name()).isEqualTo(TypeName.of("shop.Order"));
        assertThat(read.schema().fields())
                .containsExactly(
                        Field.required("id", new Whole(64, Sign.UNSIGNED)),
                        Field.optional("count", new Whole(32, Sign.UNSIGNED)),
                        Field.optional("at", new Shape.Timestamp(TimeUnit.NANOS, Zone.INSTANT)),
                        Field.optional("extra", Plain.JSON),
                        Field.optional("paid", Plain.BOOLEAN),
                        Field.optional("lines", new Shape.ListOf(Value.required(line))),
                        Field.optional(
                                "notes", new Shape.MapOf(Value.required(Whole.INT), Value.required(Plain.STRING))),
                        Field.optional("card", Plain.STRING),
                        Field.optional("token", Plain.BYTES),
                        Field.optional(
                                "state",
                                new Shape.Symbols(
                                        TypeName.of("shop.Order.State"), List.of("NEW", "OLD"), Optional.empty())));
        assertThat(read.losses().stream().map(Loss::line))
                .containsExactly(
                        "the record: that its fields have numbers is lost: a schema of columns has no place for it",
                        "`count`: the default `3` is lost: a schema of columns has no place for it",
                        "the record: that at most one is there of `card`, `token` is lost: a schema of columns has no place for"
                                + " it");
    }

    @Test
    void saysWhyATextIsNone() {
        assertThatThrownBy(() -> protobuf.read(SchemaDocument.text("order.proto", "syntax = \"proto3\";")))
                .isInstanceOf(NotReadable.class)
                .hasMessage("it has no message");
        assertThatThrownBy(() -> protobuf.read(SchemaDocument.text("order.proto", "{")))
                .isInstanceOf(NotReadable.class)
                .hasMessage("it is no Protobuf: it starts with a brace, which no `.proto` file does");
    }
}
