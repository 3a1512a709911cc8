package dev.firn.schema.row;

import static dev.firn.schema.testing.AvroBytes.encode;
import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.definition.reference.Text;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.SchemaGate;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Columns of keys behind those of values. */
class KeyColumnsTest {

    private static final Schema VALUE = record("id 'long'");
    private static final byte[] VALUE_BYTES =
            encode(VALUE, new GenericRecordBuilder(VALUE).set("id", 5L).build());
    private static final Schema KEY = record("id 'int'", "region ['null', 'string']");
    private static final Column ID = Column.required("id", Primitive.LONG);

    private final FakeRegistry registry = new FakeRegistry();
    private final ShelfName shelf = new ShelfName("keys", System.nanoTime(), "kafka");
    private @Nullable FormatReader open;

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
        registry.close();
    }

    @Test
    void aRecordsFieldsHaveAPrefix() throws Rejected {
        answers(7, VALUE);
        answers(8, KEY);
        FormatReader reader = open(KeyType.AVRO, KEY);
        TableSchema table = new TableSchema(List.of(
                Column.optional("key_region", Primitive.STRING), ID, Column.optional("key_id", Primitive.LONG)));
        byte[] key = framed(
                8,
                KEY,
                new GenericRecordBuilder(KEY).set("id", 3).set("region", "EU").build());

        var decoder = reader.decoder(7, table, Row.FACTORY);

        assertThat(decoder.decode(keyed(key))).isEqualTo(Row.of("key_region", "EU", "id", 5L, "key_id", 3L));
        assertThat(decoder.decode(keyed(null))).isEqualTo(Row.of("key_region", null, "id", 5L, "key_id", null));
        assertThat(reader.column(7, "key_region").read(keyed(key))).isEqualTo("EU");
        assertThat(reader.column(7, "key_region").read(keyed(null))).isNull();
        assertThat(reader.column(7, "id").read(keyed(key))).isEqualTo(5L);
        TableSchema region = new TableSchema(List.of(Column.optional("key_region", Primitive.STRING)));
        assertThat(reader.projection(7, region, Row.FACTORY).decode(keyed(key))).isEqualTo(Row.of("key_region", "EU"));
        assertThat(registry.requests()).as("each once").containsExactlyInAnyOrder("/schemas/ids/7", "/schemas/ids/8");
    }

    @Test
    void aSingleValueIsOneColumn() throws Rejected {
        Schema text = schema("'string'");
        answers(7, VALUE);
        answers(8, text);
        FormatReader reader = open(KeyType.AVRO, text);
        TableSchema table = new TableSchema(List.of(ID, Column.optional("key", Primitive.STRING)));

        assertThat(reader.decoder(7, table, Row.FACTORY).decode(keyed(framed(8, text, "k-1"))))
                .isEqualTo(Row.of("id", 5L, "key", "k-1"));
    }

    @Test
    void anOldKeyIsReadAsTheNewestSchemaSays() throws Rejected {
        Schema newest = record("id 'int'", "region ['null', 'string']", "kind 'string', 'default': 'plain'");
        answers(7, VALUE);
        answers(8, KEY);
        FormatReader reader = open(KeyType.AVRO, newest);
        TableSchema table = new TableSchema(List.of(
                ID,
                Column.optional("key_id", Primitive.INT),
                Column.optional("key_region", Primitive.STRING),
                Column.optional("key_kind", Primitive.STRING)));
        byte[] key = framed(
                8,
                KEY,
                new GenericRecordBuilder(KEY).set("id", 3).set("region", null).build());

        assertThat(reader.decoder(7, table, Row.FACTORY).decode(keyed(key)))
                .isEqualTo(Row.of("id", 5L, "key_id", 3, "key_region", null, "key_kind", "plain"));
    }

    @Test
    void whatKafkasOwnSerializersWriteIsOneColumnToo() throws Rejected {
        answers(7, VALUE);
        assertThat(single(KeyType.STRING, "Grüße".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("Grüße");
        assertThat(single(KeyType.STRING, new byte[0])).isEqualTo("");
        assertThat(single(KeyType.INT, ByteBuffer.allocate(4).putInt(-7).array()))
                .isEqualTo(-7);
        assertThat(single(KeyType.LONG, ByteBuffer.allocate(8).putLong(1L << 40).array()))
                .isEqualTo(1L << 40);
        assertThat(single(KeyType.LONG, null)).isNull();
    }

    @Test
    void whatIsNoSuchKeyIsRejectedAndSaid() {
        answers(7, VALUE);
        answers(8, KEY);
        assertRejected(KeyType.STRING, new byte[] {-1}, RejectCode.BAD_UTF8, "the key is no UTF-8");
        assertRejected(
                KeyType.LONG, new byte[] {1, 2, 3}, RejectCode.INVALID_VALUE, "the key has 3 bytes, and long takes 8");
        assertRejected(
                KeyType.AVRO,
                new byte[] {1, 2, 3, 4, 5, 6},
                RejectCode.WRONG_MAGIC_BYTE,
                "in the key, the value starts with byte `0x01`, not with `0x00`");
        assertRejected(
                KeyType.AVRO,
                new byte[] {0, 0, 0, 0, 8},
                RejectCode.TRUNCATED_PAYLOAD,
                "in the key, the value ends in `id`, which needs 1 more byte where 0 are left");
    }

    @Test
    void aTableWithoutTheColumnIsRefused() {
        answers(7, VALUE);
        answers(8, KEY);
        TableSchema without = new TableSchema(List.of(ID));
        byte[] key = framed(
                8,
                KEY,
                new GenericRecordBuilder(KEY).set("id", 3).set("region", null).build());

        assertThat(rejected(() -> open(KeyType.INT, KEY).decoder(7, without, Row.FACTORY))
                        .reason())
                .isEqualTo("the table has no column for `key` (int)");
        assertThat(rejected(() -> open(KeyType.AVRO, KEY)
                                .decoder(7, without, Row.FACTORY)
                                .decode(keyed(key)))
                        .reason())
                .isEqualTo(
                        "in the key, the table has no column for `id` (int); the table has no column for `region` (string)");
    }

    @Test
    void aRecordWithoutAKeyDoesNotGoToARequiredColumn() {
        answers(7, VALUE);
        for (KeyType type : List.of(KeyType.AVRO, KeyType.INT)) {
            String column = type == KeyType.AVRO ? "key_id" : "key";
            TableSchema table = new TableSchema(List.of(
                    ID, Column.required(column, Primitive.INT), Column.optional("key_region", Primitive.STRING)));

            Rejected rejected = rejected(
                    () -> open(type, KEY).decoder(7, table, Row.FACTORY).decode(keyed(null)));

            assertThat(rejected.code()).isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN);
            assertThat(rejected.reason()).isEqualTo("`" + column + "` is null, and the table requires it");
        }
    }

    @Test
    void aRecordWaitsForTheSchemaOfItsKeyToo() {
        answers(7, VALUE);
        byte[] key = framed(8, schema("'string'"), "k");
        SchemaGate.Opening both = gate(new KeyOptions(KeyType.AVRO, "", "key"), false);
        SchemaGate.Opening valueAlone = gate(new KeyOptions(KeyType.STRING, "", "key"), true);
        try (SchemaGate gate = both.open(raw -> registry.url())) {
            await().until(() -> gate.missing(null, VALUE_BYTES).isEmpty());
            try (SchemaGate other = valueAlone.open(raw -> registry.url())) {
                assertThat(other.missing(key, VALUE_BYTES)).isEmpty();
            }
            assertThat(gate.missing(key, VALUE_BYTES)).hasValue(8);
            assertThat(gate.missing(key, null)).as("a tombstone is not decoded").isEmpty();
        }
    }

    @Test
    void aRecordThatDeletesWaitsForTheSchemaOfItsKeyAlone() {
        answers(7, VALUE);
        byte[] key = framed(8, schema("'string'"), "k");
        KeyOptions unread = new KeyOptions(KeyType.AVRO, "", "key", KeyOptions.Columns.NONE);
        try (SchemaGate gate = gate(unread, true).open(raw -> registry.url())) {
            await().until(() -> gate.missing(null, VALUE_BYTES).isEmpty());
            assertThat(gate.missing(key, null)).hasValue(8);
            assertThat(gate.missing(null, null)).as("it can be refused at once").isEmpty();
            assertThat(gate.missing(key, VALUE_BYTES))
                    .as("the key of a row is not read")
                    .isEmpty();
        }
    }

    private SchemaGate.Opening gate(KeyOptions key, boolean deletes) {
        return Formats.gate(options(), Optional.of(key), deletes, shelf);
    }

    private @Nullable Object single(KeyType type, byte @Nullable [] key) throws Rejected {
        TableSchema table = new TableSchema(List.of(ID, new KeyFormat.Single(type, "key").optional()));
        return ((Row) open(type, KEY).decoder(7, table, Row.FACTORY).decode(keyed(key))).value("key");
    }

    private void assertRejected(KeyType type, byte[] key, RejectCode code, String reason) {
        TableSchema table = new TableSchema(
                type == KeyType.AVRO
                        ? List.of(
                                ID,
                                Column.optional("key_id", Primitive.INT),
                                Column.optional("key_region", Primitive.STRING))
                        : List.of(ID, new KeyFormat.Single(type, "key").optional()));

        Rejected rejected =
                rejected(() -> open(type, KEY).decoder(7, table, Row.FACTORY).decode(keyed(key)));

        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.code()).isEqualTo(code);
    }

    private static Rejected rejected(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(Rejected.class, call));
    }

    private FormatReader open(KeyType type, Schema newestKey) {
        if (open != null) {
            open.close();
        }
        KeyFormat key = Formats.key(
                options(), new KeyOptions(type, "key_", "key"), shelf, Map.of("orders", newestKey.toString()));
        open = RowFormat.of(Formats.of(options(), shelf, Map.of()), Optional.of(key), List.of())
                .open(raw -> registry.url());
        return open.stream("orders");
    }

    private static FormatOptions options() {
        return FormatOptions.avro(RegistryOptions.at(new Text("${env:REGISTRY}")));
    }

    private void answers(int id, Schema schema) {
        registry.answer(
                "/schemas/ids/" + id,
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("schema", schema.toString())
                        .toString());
    }

    private static RawRecord keyed(byte @Nullable [] key) {
        return new RawRecord(new Split("kafka", "orders", 0, "t"), 42, 0, key, VALUE_BYTES, List.of());
    }

    private static byte[] framed(int id, Schema schema, Object datum) {
        byte[] bytes = encode(schema, datum);
        bytes[4] = (byte) id;
        return bytes;
    }
}
