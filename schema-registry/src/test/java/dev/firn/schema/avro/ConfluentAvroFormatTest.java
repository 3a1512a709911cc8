package dev.firn.schema.avro;

import static dev.firn.schema.testing.AvroBytes.encode;
import static dev.firn.schema.testing.AvroBytes.raw;
import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.definition.reference.Text;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.registry.OutagePolicy;
import dev.firn.schema.registry.SchemaSource;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.OutsideException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfluentAvroFormatTest {

    private static final Schema SCHEMA = record("id 'long'", "name ['null', 'string']");

    private static final ShelfName SHELF = new ShelfName("shop", 1, "events");

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void readsOneColumnWithoutATable() throws Rejected {
        registry.answer("/schemas/ids/7", 200, schemaAnswer(SCHEMA.toString()));
        FormatOptions options = FormatOptions.avro(RegistryOptions.at(new Text("${env:REGISTRY}")));
        RawRecord named = raw(encode(
                SCHEMA,
                new GenericRecordBuilder(SCHEMA).set("id", 5L).set("name", "x").build()));
        RawRecord unnamed = raw(encode(
                SCHEMA,
                new GenericRecordBuilder(SCHEMA).set("id", 5L).set("name", null).build()));

        try (FormatReader reader = Formats.of(options, SHELF, Map.of()).open(raw -> registry.url())) {
            int id = reader.schemaId(named);
            assertThat(reader.column(id, "name").read(named)).isEqualTo("x");
            assertThat(reader.column(id, "name").read(unnamed)).isNull();
            assertThat(reader.column(id, "id").read(named)).isEqualTo(5L);
            assertThat(reader.column(id, "coupon").read(named)).isNull();
        }
    }

    @Test
    void readsAFramedRecordByItsId() throws Rejected {
        registry.answer("/schemas/ids/7", 200, schemaAnswer(SCHEMA.toString()));
        Text url = new Text("${env:REGISTRY}");
        FormatOptions options = FormatOptions.avro(RegistryOptions.at(url));
        RawRecord record = raw(encode(
                SCHEMA,
                new GenericRecordBuilder(SCHEMA).set("id", 5L).set("name", "x").build()));

        try (FormatReader reader = Formats.of(options, SHELF, Map.of()).open(raw -> registry.url())) {
            int id = reader.schemaId(record);

            assertThat(id).isEqualTo(7);
            assertThat(reader.decoder(id, table(SCHEMA), Row.FACTORY).decode(record))
                    .isEqualTo(Row.of("id", 5L, "name", "x"));
        }
    }

    @Test
    void readsEachStreamAsItsOwnNewestSchemaSays() throws Rejected {
        registry.answer("/schemas/ids/7", 200, schemaAnswer(SCHEMA.toString()));
        String european = record("id 'long'", "name ['null', 'string']", "region 'string', 'default': 'EU'")
                .toString();
        String american = european.replace("EU", "US");
        FormatOptions options = FormatOptions.avro(RegistryOptions.at(new Text("${env:REGISTRY}")));
        RawRecord record = raw(encode(
                SCHEMA,
                new GenericRecordBuilder(SCHEMA).set("id", 5L).set("name", "x").build()));
        TableSchema withRegion = table(new Schema.Parser().parse(european));
        Map<String, String> schemas = Map.of("eu-1", european, "eu-2", european, "us", american);

        try (FormatReader reader = Formats.of(options, SHELF, schemas).open(raw -> registry.url())) {
            FormatReader eu = reader.stream("eu-1");
            assertThat(eu.decoder(7, withRegion, Row.FACTORY).decode(record))
                    .isEqualTo(Row.of("id", 5L, "name", "x", "region", "EU"));
            assertThat(reader.stream("us").decoder(7, withRegion, Row.FACTORY).decode(record))
                    .isEqualTo(Row.of("id", 5L, "name", "x", "region", "US"));
            assertThat(eu.column(7, "region").read(record)).isEqualTo("EU");
            assertThat(reader.stream("eu-2")).as("read alike").isSameAs(eu);
            assertThat(reader.stream("eu-1")).as("asked again").isSameAs(eu);
            assertThat(reader.stream("of another schema"))
                    .as("unknown to the plan")
                    .isSameAs(reader);
        }
        assertThat(registry.requests()).containsExactly("/schemas/ids/7");
    }

    /** Which table a value leads to is not for the type of its column to say. */
    @Test
    void findsAColumnOfTheWritersOwnTypeWhereTheReadersDoesNotTakeIt() throws Rejected {
        registry.answer("/schemas/ids/7", 200, schemaAnswer(SCHEMA.toString()));
        Map<String, String> schemas =
                Map.of("orders", record("id 'long'", "name ['null', 'int']").toString());
        RawRecord record = raw(encode(
                SCHEMA,
                new GenericRecordBuilder(SCHEMA).set("id", 5L).set("name", "x").build()));

        try (FormatReader reader = format(new Text(registry.url()), schemas).open(raw -> raw)) {
            assertThat(reader.stream("orders").column(7, "name").read(record)).isEqualTo("x");
        }
    }

    @Test
    void travelsWithTheReferenceAndNotItsValue() throws IOException, ClassNotFoundException {
        ConfluentAvroFormat format = format(new Text("${env:REGISTRY}"), Map.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(format);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(format);
        }
    }

    @Test
    void rejectsAnIdThatTheRegistryDoesNotKnow() {
        registry.answer("/schemas/ids/9", 404, "{'error_code': 40403}");

        assertRejected(9, RejectCode.UNKNOWN_SCHEMA_ID, "the registry does not know schema id `9`");
        assertRejected(-3, RejectCode.UNKNOWN_SCHEMA_ID, "the registry does not know schema id `-3`");
    }

    @Test
    void rejectsASchemaThatCanNotBecomeColumns() {
        registry.answer("/schemas/ids/1", 200, schemaAnswer("syntax = proto3"));
        registry.answer("/schemas/ids/2", 200, "{'schema': 'x', 'schemaType': 'JSON'}");
        registry.answer("/schemas/ids/3", 200, schemaAnswer("\"string\""));
        registry.answer(
                "/schemas/ids/4", 200, schemaAnswer("{\"type\": \"record\", \"name\": \"a-b\", \"fields\": []}"));

        assertRejected(2, RejectCode.UNMAPPABLE_SCHEMA, "schema id `2` is of type `JSON`, and the format reads `AVRO`");
        assertRejected(
                3, RejectCode.UNMAPPABLE_SCHEMA, "`string`: the value is `string`, and only a record has columns");
        assertRejected(4, RejectCode.UNMAPPABLE_SCHEMA, "schema id `4` is not valid Avro: Illegal character in: a-b");
        assertRejected(1, RejectCode.UNMAPPABLE_SCHEMA, "schema id `1` is not valid Avro: it is not JSON");
    }

    @Test
    void takesAnOldSchemaWhoseDefaultIsWrong() throws Rejected {
        registry.answer(
                "/schemas/ids/7",
                200,
                schemaAnswer("{\"type\": \"record\", \"name\": \"R\", \"fields\": ["
                        + "{\"name\": \"id\", \"type\": \"long\", \"default\": \"none\"}]}"));

        decoder(7);

        assertThat(registry.requests()).containsExactly("/schemas/ids/7");
    }

    @Test
    void rejectsNothingWhileTheRegistryIsAway() {
        registry.answer("/schemas/ids/7", 503, "");

        assertThatThrownBy(() -> decoder(7)).isInstanceOf(OutsideException.class);
    }

    private void assertRejected(int id, RejectCode code, String message) {
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> decoder(id));
        assertThat(rejected.reason()).isEqualTo(message);
        assertThat(rejected.code()).isEqualTo(code);
    }

    private void decoder(int id) throws Rejected {
        try (FormatReader reader = format(new Text(registry.url()), Map.of()).open(raw -> raw)) {
            reader.decoder(id, table(SCHEMA), Row.FACTORY);
        }
    }

    private static ConfluentAvroFormat format(Text url, Map<String, String> schemas) {
        SchemaSource source = new SchemaSource(
                RegistryOptions.at(url).access(),
                RegistryOptions.at(url).subjectNames(),
                new OutagePolicy(Duration.ofMillis(50), OutagePolicy.Then.FAIL),
                SHELF);
        return new ConfluentAvroFormat(source, schemas, AvroRules.STRICT);
    }

    private static String schemaAnswer(String schema) {
        try {
            return new ObjectMapper().writeValueAsString(Map.of("schema", schema));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
