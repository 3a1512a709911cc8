package dev.firn.schema.notation.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.compare.SchemaChanges;
import dev.firn.schema.testing.RandomAvro;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Loss;
import dev.firn.spi.notation.NotExpressible;
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
import java.util.OptionalInt;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AvroNotationTest {

    private final AvroNotation avro = new AvroNotation();

    @Test
    void aThousandRandomSchemasComeBackAsTheyWere() throws Exception {
        long first = new Random().nextLong();
        for (int i = 0; i < 1_000; i++) {
            Schema schema = new RandomAvro(first + i).wideRecord();
            ReadSchema read = read(schema.toString());
            WrittenSchema written = avro.write(read.schema());
            assertThat(written.losses()).as("seed %s", first + i).isEmpty();
            assertThat(SchemaChanges.between(schema, AvroSchemas.parse(written.text())))
                    .as("seed %s", first + i)
                    .isEmpty();
            assertThat(read(written.text()).schema()).as("seed %s", first + i).isEqualTo(read.schema());
        }
    }

    @Test
    void keepsWhatAvroSaysOfATypeAndOfAField() throws Exception {
        assertComesBack(
                """
                {
                  "type" : "record",
                  "name" : "Order",
                  "namespace" : "dev.shop",
                  "doc" : "A purchase",
                  "aliases" : [
                    "Purchase"
                  ],
                  "fields" : [
                    {
                      "name" : "status",
                      "type" : {
                        "type" : "enum",
                        "name" : "Status",
                        "doc" : "How far it is",
                        "symbols" : [
                          "NEW",
                          "OLD"
                        ],
                        "default" : "NEW"
                      },
                      "doc" : "Now",
                      "default" : "OLD",
                      "aliases" : [
                        "state"
                      ],
                      "field-id" : 7
                    },
                    {
                      "name" : "before",
                      "type" : [
                        "Status",
                        "null"
                      ],
                      "default" : "NEW"
                    },
                    {
                      "name" : "tags",
                      "type" : {
                        "type" : "map",
                        "values" : {
                          "type" : "array",
                          "items" : "long",
                          "element-id" : 12
                        },
                        "key-id" : 10,
                        "value-id" : 11
                      }
                    },
                    {
                      "name" : "seen",
                      "type" : {
                        "type" : "long",
                        "logicalType" : "timestamp-nanos"
                      }
                    },
                    {
                      "name" : "lasts",
                      "type" : {
                        "type" : "fixed",
                        "name" : "Order_lasts",
                        "size" : 12,
                        "logicalType" : "duration"
                      }
                    }
                  ]
                }
                """);
    }

    @Test
    void keepsRecordsThatContainThemselvesAndEachOther() throws Exception {
        assertComesBack(
                """
                {
                  "type" : "record",
                  "name" : "Pair",
                  "fields" : [
                    {
                      "name" : "left",
                      "type" : {
                        "type" : "record",
                        "name" : "Left",
                        "fields" : [
                          {
                            "name" : "other",
                            "type" : [
                              "null",
                              {
                                "type" : "record",
                                "name" : "Right",
                                "fields" : [
                                  {
                                    "name" : "other",
                                    "type" : [
                                      "null",
                                      "Left"
                                    ]
                                  }
                                ]
                              }
                            ]
                          }
                        ]
                      }
                    },
                    {
                      "name" : "right",
                      "type" : "Right"
                    }
                  ]
                }
                """);
    }

    @Test
    void saysWhatOfAvroIsNoPartOfColumns() throws Exception {
        ReadSchema read = read(
                """
                {"type": "record", "name": "R", "connect.name": "x", "fields": [
                  {"name": "a", "type": {"type": "string", "logicalType": "url", "length": 5}, "order": "ignore", "pii": true},
                  {"name": "b", "type": {"type": "fixed", "name": "Money", "size": 8, "logicalType": "decimal", "precision": 9}}
                ]}
                """);

        assertThat(read.losses().stream().map(Loss::line))
                .containsExactly(
                        "the record: the property `connect.name` is lost: a schema of columns has no place for it",
                        "`a`: the property `pii` is lost: a schema of columns has no place for it",
                        "`a`: the order `ignore` is lost: a schema of columns has no place for it",
                        "`a`: the property `length` is lost: a schema of columns has no place for it",
                        "`a`: the logical type `url` is lost: a schema of columns has no place for it",
                        "`b`: the fixed `Money` of 8 bytes counts as its decimal");
    }

    @Test
    void readsWhatIcebergWritesIntoItsAvroFiles() throws Exception {
        ReadSchema read = read(
                """
                {"type": "record", "name": "table", "fields": [
                  {"name": "order_x2Did", "type": {"type": "long", "logicalType": "timestamp-micros", "adjust-to-utc": false},
                   "field-id": 1, "iceberg-field-name": "order-id"},
                  {"name": "by", "field-id": 2, "type": {"type": "array", "logicalType": "map", "items":
                    {"type": "record", "name": "k3_v4", "fields": [
                      {"name": "key", "type": "int", "field-id": 3},
                      {"name": "value", "type": ["null", "string"], "default": null, "field-id": 4}]}}}
                ]}
                """);

        assertThat(read.losses()).isEmpty();
        assertThat(read.schema().fields())
                .containsExactly(
                        new Field(
                                "order-id",
                                Value.required(new Shape.Timestamp(TimeUnit.MICROS, Zone.LOCAL))
                                        .withId(1),
                                Remarks.NONE),
                        new Field(
                                "by",
                                Value.required(new Shape.MapOf(
                                                Value.required(Whole.INT).withId(3),
                                                Value.optional(Plain.STRING).withId(4)))
                                        .withId(2),
                                Remarks.NONE));
        WrittenSchema written = avro.write(read.schema());
        assertThat(written.losses().stream().map(Loss::line))
                .containsExactly(
                        "`order-id`: the field is called `order_x2Did`, and its name is kept beside it",
                        "`by`: the map is a list of pairs, for its keys are no texts");
        assertThat(read(written.text()).schema().fields())
                .isEqualTo(read.schema().fields());
    }

    @Test
    void widensWhatAvroDoesNotHaveAndSaysSo() throws Exception {
        WrittenSchema written = avro.write(new PortableSchema(new Shape.Struct(
                TypeName.NONE,
                List.of(
                        Field.required("small", new Whole(8, Sign.SIGNED)),
                        Field.required("big", new Whole(32, Sign.UNSIGNED)),
                        Field.required("huge", new Whole(64, Sign.UNSIGNED)),
                        Field.required("at", new Shape.Time(TimeUnit.NANOS)),
                        Field.required("on", new Shape.Timestamp(TimeUnit.SECONDS, Zone.INSTANT)),
                        Field.required("json", Plain.JSON),
                        Field.required(
                                "way",
                                new Shape.Symbols(TypeName.NONE, List.of("in-transit", "there"), Optional.empty())),
                        Field.optional("part", struct("", "a")),
                        Field.optional("parts", new Shape.ListOf(Value.required(struct("", "b")))),
                        Field.required("one", struct("Same", "a")),
                        Field.required("two", struct("Same", "b"))))));

        assertThat(written.losses().stream().map(loss -> loss.kind() + " " + loss.line()))
                .containsExactly(
                        "CHANGED `small`: a whole number of 8 bits becomes one of 32",
                        "CHANGED `big`: a whole number of 32 bits without a sign becomes one of 64",
                        "CHANGED `huge`: a whole number of 64 bits without a sign becomes a decimal of 20 digits",
                        "LOST `at`: what is finer than a microsecond is lost: Avro has it as microseconds",
                        "CHANGED `on`: seconds become milliseconds",
                        "LOST `json`: that it is JSON is lost: Avro has it as string",
                        "LOST `way`: the enum of `in-transit`, `there` is lost: Avro has it as string, for a symbol is a name"
                                + " there",
                        "CHANGED `two`: the type `Same` is called `Same_2`");
        Schema schema = AvroSchemas.parse(written.text());
        assertThat(schema.getFullName()).isEqualTo("Record");
        assertThat(schema.getField("part").schema().getTypes().get(1).getFullName())
                .isEqualTo("Record_part");
        assertThat(schema.getField("parts")
                        .schema()
                        .getTypes()
                        .get(1)
                        .getElementType()
                        .getFullName())
                .isEqualTo("Record_parts");
    }

    @Test
    void refusesWhatNoRecordCanHold() {
        assertThatThrownBy(() -> read("{"))
                .isInstanceOf(NotReadable.class)
                .hasMessage("it is not valid Avro: it is not JSON");
        assertThatThrownBy(() -> read("\"string\""))
                .isInstanceOf(NotReadable.class)
                .hasMessage("it is a `string`, and only a record has columns; wrap it in a record");
        assertThatThrownBy(() -> read(
                        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"n\", \"type\": \"null\"}]}"))
                .isInstanceOf(NotReadable.class)
                .hasMessage("`n`: nothing but null can stand here, which has no type; remove the field");
        assertThatThrownBy(() -> avro.write(new PortableSchema(new Shape.Struct(
                        TypeName.NONE,
                        List.of(Field.required("a-b", Plain.DATE), Field.required("a_x2Db", Plain.DATE))))))
                .isInstanceOf(NotExpressible.class)
                .hasMessage("`a_x2Db`: Avro can't tell it from `a-b`; rename one of them");
    }

    @Test
    void readsASchemaOfEndlessSizeNotToItsEnd() {
        StringBuilder schema = new StringBuilder("\"string\"");
        for (int level = 0; level < 30; level++) {
            schema = new StringBuilder("{\"type\": \"record\", \"name\": \"L" + level
                    + "\", \"fields\": [{\"name\": \"a\", \"type\": " + schema + "}, {\"name\": \"b\", \"type\": \""
                    + (level == 0 ? "string" : "L" + (level - 1)) + "\"}]}");
        }
        String text = schema.toString();

        assertThatThrownBy(() -> read(text))
                .isInstanceOf(NotReadable.class)
                .hasMessageStartingWith("it has more than 10000 fields up to `");
    }

    private static Shape.Struct struct(String name, String field) {
        return new Shape.Struct(
                name.isEmpty() ? TypeName.NONE : TypeName.of(name), List.of(Field.required(field, Plain.STRING)));
    }

    private void assertComesBack(String text) throws Exception {
        ReadSchema read = read(text);
        WrittenSchema written = avro.write(read.schema());
        assertThat(written.text()).isEqualTo(text);
        assertThat(written.losses()).isEmpty();
        assertThat(read.schema().fields())
                .allSatisfy(field -> assertThat(field.value().id()).isIn(OptionalInt.empty(), OptionalInt.of(7)));
    }

    private ReadSchema read(String text) throws NotReadable {
        return avro.read(SchemaDocument.text("a schema", text));
    }
}
