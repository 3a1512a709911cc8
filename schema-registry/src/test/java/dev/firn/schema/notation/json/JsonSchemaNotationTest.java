package dev.firn.schema.notation.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.schema.notation.avro.AvroShapes;
import dev.firn.schema.testing.PortableSchemas;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Loss;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaNotationTest {

    private final JsonSchemaNotation json = new JsonSchemaNotation();

    @Test
    void whatIsNotSaidToBeLostComesBack() throws Exception {
        long first = new Random().nextLong();
        for (int i = 0; i < 500; i++) {
            PortableSchema schema =
                    AvroShapes.of(new RandomAvro(first + i).wideRecord()).schema();
            WrittenSchema written = json.write(schema);
            ReadSchema back = read(written.text());
            PortableSchema kept = new JsonSchemaFitting(new Losses("")).fit(schema);
            assertThat(back.schema()).as("seed %s", first + i).isEqualTo(PortableSchemas.tabular(kept));
            assertThat(back.losses()).as("seed %s", first + i).isEmpty();
        }
    }

    @Test
    void numbersOfAllSizesComeBack() throws Exception {
        List<Field> fields = List.of(
                Field.required("i8", new Whole(8, Sign.SIGNED)),
                Field.required("u8", new Whole(8, Sign.UNSIGNED)),
                Field.required("u32", new Whole(32, Sign.UNSIGNED)),
                Field.required("u64", new Whole(64, Sign.UNSIGNED)),
                Field.required("i64", Whole.LONG),
                Field.required("whole", new Shape.Decimal(38, 0)),
                Field.required("fine", new Shape.Decimal(10, 10)),
                Field.required("long", new Shape.Decimal(60, 20)));

        WrittenSchema written = json.write(new PortableSchema(new Shape.Struct(TypeName.of("t"), fields)));

        assertThat(written.losses()).isEmpty();
        assertThat(read(written.text()).schema().fields()).isEqualTo(fields);
    }

    @Test
    void recordsThatContainThemselvesStandUnderDefs() throws Exception {
        Shape node = new Shape.Struct(
                TypeName.of("shop.Node"),
                List.of(
                        Field.optional("next", new Shape.Again("shop.Node")),
                        Field.required("root", new Shape.Again("t"))));
        PortableSchema schema = new PortableSchema(new Shape.Struct(
                TypeName.of("t"),
                List.of(Field.required("one", node), Field.required("more", new Shape.ListOf(Value.required(node))))));

        WrittenSchema written = json.write(schema);

        assertThat(written.losses()).isEmpty();
        assertThat(written.text()).contains("\"$ref\" : \"#/$defs/shop.Node\"", "\"$ref\" : \"#\"");
        assertThat(read(written.text()).schema()).isEqualTo(schema);
    }

    @Test
    void readsASchemaAsPeopleWriteThem() throws Exception {
        ReadSchema read = read(
                """
                {
                  "$schema": "http://json-schema.org/draft-07/schema#", "title": "Order", "description": "A purchase",
                  "type": "object", "required": ["id", "status", "lines"], "additionalProperties": false,
                  "properties": {
                    "id": {"type": "string", "format": "uuid", "title": "Order Id", "description": "the key"},
                    "status": {"enum": ["new", "in-transit"], "default": "new"},
                    "email": {"type": "string", "format": "email", "maxLength": 80},
                    "age": {"type": "integer", "minimum": 0},
                    "price": {"type": "number", "multipleOf": 0.01},
                    "weight": {"type": ["number", "null"], "default": 1.5},
                    "ok": {"type": "boolean", "default": "yes"},
                    "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/definitions/Line"}},
                    "attributes": {"additionalProperties": {"type": ["string", "null"]}},
                    "payment": {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
                    "extra": {}, "any": {"type": "object"}
                  },
                  "definitions": {"Line": {"type": "object", "properties": {"sku": {"type": "string"}}}}
                }
                """);

        assertThat(read.schema().name()).isEqualTo(new TypeName("Order", Optional.of("A purchase"), List.of()));
        assertThat(read.schema().fields())
                .containsExactly(
                        Field.column("id", Value.required(Plain.UUID), Optional.of("the key")),
                        new Field(
                                "status",
                                Value.required(new Shape.Symbols(
                                        TypeName.NONE, List.of("new", "in-transit"), Optional.empty())),
                                Remarks.NONE.withDefault(Optional.of("\"new\""))),
                        Field.optional("email", Plain.STRING),
                        Field.optional("age", Whole.LONG),
                        Field.optional("price", new Shape.Decimal(38, 2)),
                        new Field("weight", Value.optional(Plain.DOUBLE), Remarks.NONE.withDefault(Optional.of("1.5"))),
                        Field.optional("ok", Plain.BOOLEAN),
                        Field.required(
                                "lines",
                                new Shape.ListOf(Value.required(new Shape.Struct(
                                        TypeName.of("Line"), List.of(Field.optional("sku", Plain.STRING)))))),
                        Field.optional(
                                "attributes",
                                new Shape.MapOf(Value.required(Plain.STRING), Value.optional(Plain.STRING))),
                        Field.optional(
                                "payment",
                                new Shape.OneOf(List.of(
                                        Field.optional("string", Plain.STRING), Field.optional("long", Whole.LONG)))),
                        Field.optional("extra", Plain.JSON),
                        Field.optional("any", Plain.JSON));
        assertThat(read.losses().stream()
                        .map(Loss::line)
                        .map(line -> line.replace(" is lost: a schema of columns has no place for it", "")))
                .containsExactly(
                        "the record: that there are no other fields",
                        "`id`: the title",
                        "`email`: `format`",
                        "`email`: `maxLength`",
                        "`age`: `minimum`",
                        "`ok`: the default `\"yes\"`",
                        "`lines`: `minItems`",
                        "`any`: that it is an object");
    }

    @Test
    void saysWhatJsonDoesNotHave() throws Exception {
        WrittenSchema written = json.write(new PortableSchema(new Shape.Struct(
                TypeName.of("t"),
                List.of(
                        Field.required("f", Plain.FLOAT),
                        Field.required("md5", new Shape.Fixed(TypeName.of("Md5"), 16)),
                        Field.required("at", new Shape.Timestamp(TimeUnit.NANOS, Zone.LOCAL)),
                        Field.required(
                                "by", new Shape.MapOf(Value.required(Whole.INT), Value.required(Plain.DATE)))))));

        assertThat(written.losses().stream().map(Loss::line))
                .containsExactly(
                        "`f`: a float becomes a number of any length",
                        "`md5`: the type's name `Md5` is lost: JSON Schema has no place for it",
                        "`md5`: the length of 16 bytes is lost: JSON Schema has no place for it",
                        "`at`: that it is a timestamp without a zone is lost: JSON Schema has it as string",
                        "`by{key}`: the type of the keys is lost: JSON Schema has it as text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ | it is no JSON Schema: it is not JSON",
                "[] | it is no JSON Schema: it is no object",
                "{\"type\": \"string\"} | it is no object with named fields, and only such a one has columns; wrap it in one",
                "{\"properties\": {\"a\": false}} | `a`: nothing can stand here; remove the field",
                "{\"properties\": {\"a\": {\"type\": \"null\"}}} | `a`: nothing but null can stand here, which has no type; remove"
                        + " the field",
                "{\"properties\": {\"a\": {\"type\": \"money\"}}} | `a`: `money` is no type of JSON Schema",
                "{\"properties\": {\"a\": {\"$ref\": \"#/$defs/b\"}}} | `a`: `$ref` leads to `#/$defs/b`, which is not there; mend"
                        + " it",
                "{\"properties\": {\"a\": {\"if\": {}}}} | `a`: what may stand here depends on `if`, which no other notation has;"
                        + " remove it",
                "{\"properties\": {\"a\": {\"$ref\": \"#/$defs/t\"}}, \"$defs\": {\"t\": {\"type\": \"array\", \"items\": {\"$ref\":"
                        + " \"#/$defs/t\"}}}} | `a[]`: `#/$defs/t` contains itself, and not as a record; flatten it",
            })
    void saysWhereASchemaCanNotBeRead(String text, String why) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(NotReadable.class).hasMessage(why);
    }

    private ReadSchema read(String text) throws NotReadable {
        return json.read(SchemaDocument.text("a schema", text));
    }
}
