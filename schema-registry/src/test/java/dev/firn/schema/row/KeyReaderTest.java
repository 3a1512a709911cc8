package dev.firn.schema.row;

import static dev.firn.schema.testing.AvroBytes.encode;
import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.firn.definition.reference.Text;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.FramedParts;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.RecordKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys of records without a value, which delete rows. */
class KeyReaderTest {

    private static final Schema KEY = record("id 'int'", "region ['null', 'string']");

    private final FakeRegistry registry = new FakeRegistry();
    private final ShelfName shelf = new ShelfName("deletes", System.nanoTime(), "kafka");
    private @Nullable FormatReader open;

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
        registry.close();
    }

    private static FormatOptions options() {
        return FormatOptions.avro(RegistryOptions.at(new Text("${env:REGISTRY}")));
    }

    private RecordFormat format(KeyOptions key, Schema newest) {
        return RowFormat.of(
                Formats.of(options(), shelf, Map.of()),
                Optional.empty(),
                List.of(),
                Optional.of(Formats.deletes(options(), key, shelf, Map.of("orders", newest.toString()))));
    }

    private FormatReader keys(KeyOptions key, Schema newest) {
        if (open != null) {
            open.close();
        }
        FormatReader reader = format(key, newest).open(raw -> registry.url());
        open = reader;
        return reader.stream("orders").deletes().orElseThrow();
    }

    private Object read(FormatReader keys, TableSchema columns, byte @Nullable [] key) throws Rejected {
        RawRecord record = new RawRecord(new Split("kafka", "orders", 0, "1"), 3, 0, key, null, List.of());
        return keys.projection(keys.schemaId(record), columns, Row.FACTORY).decode(record);
    }

    private byte[] framed(Schema schema, Object key) {
        registry.answer(
                "/schemas/ids/8",
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("schema", schema.toString())
                        .toString());
        byte[] bytes = encode(schema, key);
        bytes[4] = 8;
        return bytes;
    }

    private byte[] key(@Nullable String region) {
        return framed(
                KEY,
                new GenericRecordBuilder(KEY).set("id", 3).set("region", region).build());
    }

    private static TableSchema columns(Column... columns) {
        return new TableSchema(List.of(columns));
    }

    private static final KeyOptions OWN = new KeyOptions(KeyType.AVRO, "key_", "key");
    private static final KeyOptions NONE = new KeyOptions(KeyType.AVRO, "key_", "key", KeyOptions.Columns.NONE);

    @Test
    void fieldsAreFoundByTheirColumnsOrWithoutThoseByTheirOwnNames() throws Rejected {
        assertThat(read(
                        keys(OWN, KEY),
                        columns(
                                Column.required("key_region", Primitive.STRING),
                                Column.required("key_id", Primitive.LONG)),
                        key("EU")))
                .isEqualTo(Row.of("key_region", "EU", "key_id", 3L));
        assertThat(read(
                        keys(NONE, KEY),
                        columns(Column.required("region", Primitive.STRING), Column.required("id", Primitive.INT)),
                        key("EU")))
                .isEqualTo(Row.of("region", "EU", "id", 3));
        assertThat(names(OWN)).containsExactly(Optional.of("key_id"), Optional.of("key_region"));
        assertThat(names(NONE)).containsExactly(Optional.of("id"), Optional.of("region"));
    }

    private static List<Optional<String>> names(KeyOptions options) {
        return Formats.recordKey(options(), options, Optional.of(KEY.toString())).fields().stream()
                .map(RecordKey.Field::inRecord)
                .toList();
    }

    /** It is not about all rows with that `id`. */
    @Test
    void aKeyWithMoreInItIsRefused() {
        Rejected rejected = catchThrowableOfType(
                Rejected.class,
                () -> read(keys(NONE, record("id 'int'")), columns(Column.required("id", Primitive.INT)), key("EU")));

        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
        assertThat(rejected.reason()).startsWith("in the key, ");
    }

    /** A value of such a record has said it or not, whatever the newest key says. */
    @Test
    void whatAnOldKeyLacksHasADefaultOnlyInAColumnOfTheKeysOwn() throws Rejected {
        Schema old = record("id 'int'");
        Schema newest = record("id 'int'", "region 'string', 'default': 'EU'");
        byte[] key = framed(old, new GenericRecordBuilder(old).set("id", 3).build());

        assertThat(read(
                        keys(NONE, newest),
                        columns(Column.required("id", Primitive.INT), Column.required("region", Primitive.STRING)),
                        key))
                .isEqualTo(Row.of("id", 3, "region", null));
        assertThat(read(
                        keys(OWN, newest),
                        columns(
                                Column.required("key_id", Primitive.INT),
                                Column.required("key_region", Primitive.STRING)),
                        key))
                .isEqualTo(Row.of("key_id", 3, "key_region", "EU"));
    }

    @Test
    void aFieldThatHadAnotherNameIsTheSame() throws Rejected {
        Schema old = record("ident 'int'");
        Schema newest = new Schema.Parser()
                .parse(
                        """
                        {"type": "record", "name": "R", "fields": [{"name": "id", "type": "int", "aliases": ["ident"], "default": 0}]}""");

        assertThat(read(
                        keys(NONE, newest),
                        columns(Column.required("id", Primitive.INT)),
                        framed(
                                old,
                                new GenericRecordBuilder(old).set("ident", 3).build())))
                .isEqualTo(Row.of("id", 3));
    }

    @Test
    void aSingleValueIsTheKeyWhateverTheTableCallsIt() throws Rejected {
        TableSchema id = columns(Column.required("customer_id", Primitive.LONG));
        KeyOptions whole = new KeyOptions(KeyType.INT, "key_", "key", KeyOptions.Columns.NONE);

        assertThat(read(keys(whole, KEY), id, ByteBuffer.allocate(4).putInt(7).array()))
                .as("and a column that is wider takes it")
                .isEqualTo(Row.of("customer_id", 7L));
        assertThat(Formats.recordKey(options(), whole, Optional.empty()).field("customer_id"))
                .isPresent();
        Schema text = schema("'string'");
        assertThat(read(keys(NONE, text), columns(Column.required("customer", Primitive.STRING)), framed(text, "ada")))
                .isEqualTo(Row.of("customer", "ada"));
        assertThat(Formats.recordKey(options(), NONE, Optional.of(text.toString()))
                        .field("customer"))
                .isPresent();
    }

    /** Whoever deletes by it refuses it. */
    @Test
    void whatIsMissingIsNull() throws Rejected {
        TableSchema both = columns(Column.required("id", Primitive.INT), Column.required("region", Primitive.STRING));

        assertThat(read(keys(NONE, KEY), both, key(null))).isEqualTo(Row.of("id", 3, "region", null));
        assertThat(read(keys(NONE, KEY), both, null)).isEqualTo(Row.of("id", null, "region", null));
    }

    @Test
    void aKeyThatCanNotBeReadIsRejected() {
        FormatReader keys = keys(NONE, record("id 'int'"));
        Rejected rejected = catchThrowableOfType(
                Rejected.class,
                () -> read(keys, columns(Column.required("id", Primitive.INT)), "3".getBytes(StandardCharsets.UTF_8)));

        assertThat(rejected.code()).isEqualTo(RejectCode.TRUNCATED_PAYLOAD);
        assertThat(rejected.reason()).startsWith("in the key, ");
    }

    /** Else a record that deletes would be counted as no data. */
    @Test
    void keysOfAStreamThatNobodyKnowsAreRejected() throws Exception {
        try (FormatReader reader = format(NONE, KEY).open(raw -> registry.url())) {
            FormatReader keys = reader.stream("refunds").deletes().orElseThrow();

            Rejected rejected = catchThrowableOfType(
                    Rejected.class, () -> read(keys, columns(Column.required("id", Primitive.INT)), key("EU")));

            assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_UNAVAILABLE);
        }
    }

    @Test
    void itsSchemaIsPartOfWhatRecordsName() {

        assertThat(format(NONE, KEY).framed()).isEqualTo(FramedParts.KEY_AND_VALUE);
    }
}
