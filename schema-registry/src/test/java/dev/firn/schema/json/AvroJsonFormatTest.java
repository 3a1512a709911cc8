package dev.firn.schema.json;

import static dev.firn.schema.json.JsonRecords.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.SchemaGate;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Which schema a record in Avro's JSON is read with. */
class AvroJsonFormatTest {

    private static final Schema OLDER = AvroBytes.record("id 'int'");
    private static final Schema NEWEST =
            AvroBytes.record("id 'long', 'aliases': ['number']", "note ['string', 'null'], 'default': 'none'");
    private static final Map<String, String> SCHEMAS = Map.of("t", NEWEST.toString());

    @Test
    void isTheOneInTheFrameReadAsTheNewest() throws Rejected {
        try (FakeRegistry registry = new FakeRegistry()) {
            registry.answer("/schemas/ids/7", 200, "{'schema': '" + escaped(OLDER) + "'}");
            registry.answer("/schemas/ids/8", 200, "{'schema': '" + escaped(NEWEST) + "'}");
            registry.answer("/schemas/ids/9", 200, "{'schema': '{}'}");
            String format = "{type: avro, encoding: json, registry: {url: \"" + registry.url() + "\"}}";
            try (FormatReader reader =
                    Formats.of(options(format), shelf("framed"), SCHEMAS).open(raw -> raw).stream("t")) {
                RawRecord old = framed(7, "{'id': 1}");
                assertThat(reader.schemaId(old)).isEqualTo(7);
                assertThat(reader.decoder(7, AvroBytes.table(NEWEST), Row.FACTORY)
                                .decode(old))
                        .isEqualTo(Row.of("id", 1L, "note", "none"));
                assertThat(reader.decoder(8, AvroBytes.table(NEWEST), Row.FACTORY)
                                .decode(framed(8, "{'note': null, 'id': 2}")))
                        .isEqualTo(Row.of("id", 2L, "note", null));
                assertThat(reader.column(7, "id").read(old)).isEqualTo(1L);
                assertThat(reader.column(7, "other").read(old)).isNull();
                TableSchema note = new TableSchema(List.of(Column.optional("note", Primitive.STRING)));
                assertThat(reader.projection(7, note, Row.FACTORY).decode(old)).isEqualTo(Row.of("note", "none"));
                assertThatThrownBy(() -> reader.schemaId(JsonRecords.record("{'id': 1}")))
                        .hasMessage("the value starts with byte `0x7b`, not with `0x00`");
                assertThatThrownBy(() -> reader.decoder(9, note, Row.FACTORY))
                        .hasMessage("schema id `9` is not valid Avro: No type: {}");
            }
        }
    }

    @Test
    void isTheOneInTheFileWhereNothingStandsInFront() throws Rejected {
        FormatOptions options = options("{type: avro, encoding: json, schema-file: s.avsc}");
        assertThat(Formats.gate(options, Optional.empty(), shelf("none"))).isSameAs(SchemaGate.Opening.NONE);
        try (FormatReader reader = Formats.of(options, shelf("none"), SCHEMAS).open(raw -> raw).stream("t")) {
            RawRecord plain = JsonRecords.record("{'note': {'string': 'x'}, 'id': 2}");
            assertThat(reader.schemaId(plain)).isEqualTo(RawRecord.NO_SCHEMA_ID);
            assertThat(reader.decoder(RawRecord.NO_SCHEMA_ID, AvroBytes.table(NEWEST), Row.FACTORY)
                            .decode(plain))
                    .isEqualTo(Row.of("id", 2L, "note", "x"));
            assertThat(reader.column(RawRecord.NO_SCHEMA_ID, "id").read(plain)).isEqualTo(2L);
            assertThatThrownBy(() -> reader.column(RawRecord.NO_SCHEMA_ID, "id").read(JsonRecords.record("{'id': 1}")))
                    .hasMessage("`note` is missing, and Avro's JSON has each field of its schema");
        }
    }

    private static ShelfName shelf(String name) {
        return new ShelfName("s", 1, name);
    }

    private static String escaped(Schema schema) {
        return schema.toString().replace("\"", "\\\"");
    }

    private static RawRecord framed(int id, String json) {
        byte[] bytes = quoted("....." + json).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(new byte[] {0, 0, 0, 0, (byte) id}, 0, bytes, 0, 5);
        return AvroBytes.raw(bytes);
    }

    private static FormatOptions options(String yaml) {
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("f.yaml", yaml).value().orElseThrow();
        return Binder.bind(node, FormatOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
    }
}
