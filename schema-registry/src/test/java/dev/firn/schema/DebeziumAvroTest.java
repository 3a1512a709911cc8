package dev.firn.schema;

import static dev.firn.schema.testing.AvroBytes.raw;
import static dev.firn.schema.testing.Changes.change;
import static dev.firn.schema.testing.Changes.envelope;
import static dev.firn.schema.testing.Changes.field;
import static dev.firn.schema.testing.Changes.named;
import static dev.firn.schema.testing.Changes.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.reference.Text;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.avro.NotAnEnvelope;
import dev.firn.schema.json.UnknownFields;
import dev.firn.schema.raw.RawFormat;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.KeyType;
import dev.firn.schema.row.RowFormat;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.FakeSubject;
import dev.firn.schema.testing.Row;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows in Debezium's envelope are read as if they came without it, and the envelope says which are no more. */
class DebeziumAvroTest {

    private static final String ID = field("id", "{'type': 'int', 'connect.default': 0}, 'default': 0");
    private static final String NAME = field("name", "'string'");
    private static final String PLACEHOLDER = "__debezium_unavailable_value";
    private static final Schema CUSTOMERS = envelope(ID, NAME);

    private final FakeRegistry registry = new FakeRegistry();
    private final ShelfName shelf = new ShelfName("changes", System.nanoTime(), "kafka");
    private @Nullable FormatReader open;

    @BeforeEach
    void register() {
        new FakeSubject(registry, "crm.customers-value").version(7, "AVRO", CUSTOMERS.toString());
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
        registry.close();
    }

    private FormatOptions options() {
        return options(Nanoseconds.REFUSE);
    }

    private FormatOptions options(Nanoseconds nanoseconds) {
        return new FormatOptions(
                FormatType.DEBEZIUM_AVRO,
                Optional.of(RegistryOptions.at(new Text(registry.url()))),
                AvroEncoding.BINARY,
                Optional.empty(),
                UnknownFields.IGNORE,
                nanoseconds,
                Optional.empty(),
                "value",
                RawFormat.Type.BINARY);
    }

    private FormatReader reader(Schema newest) {
        FormatReader reader = Formats.of(options(), shelf, Map.of("crm.customers", newest.toString()))
                .open(raw -> raw);
        open = reader;
        return reader.stream("crm.customers");
    }

    private static TableSchema table(Schema envelope) {
        try {
            return AvroColumns.ofChanges(envelope, AvroRules.STRICT).table().orElseThrow();
        } catch (NotAnEnvelope e) {
            throw new AssertionError(e);
        }
    }

    private static GenericRecord customer(int id, String name) {
        return row(CUSTOMERS, Map.of("id", id, "name", name));
    }

    @Test
    void aRowIsWhatIsAfterTheChange() throws Rejected {
        FormatReader reader = reader(CUSTOMERS);
        for (byte[] value : List.of(
                change(CUSTOMERS, "c", null, customer(3, "Ada")),
                change(CUSTOMERS, "r", null, customer(3, "Ada")),
                change(CUSTOMERS, "u", customer(3, "Bob"), customer(3, "Ada")))) {
            RawRecord record = raw(value);

            assertThat(reader.isDelete(record)).isFalse();
            assertThat(reader.schemaId(record)).isEqualTo(7);
            assertThat(reader.decoder(7, table(CUSTOMERS), Row.FACTORY).decode(record))
                    .isEqualTo(Row.of("id", 3, "name", "Ada"));
            assertThat(reader.column(7, "name").read(record)).isEqualTo("Ada");
            assertThat(reader.projection(
                                    7, new TableSchema(List.of(Column.required("name", Primitive.STRING))), Row.FACTORY)
                            .decode(record))
                    .isEqualTo(Row.of("name", "Ada"));
        }
        assertThat(table(CUSTOMERS))
                .isEqualTo(new TableSchema(
                        List.of(Column.required("id", Primitive.INT), Column.required("name", Primitive.STRING))));
    }

    @Test
    void aChangeThatDeletesIsNoRow() throws Rejected {
        FormatReader reader = reader(CUSTOMERS);
        RawRecord delete = raw(change(CUSTOMERS, "d", customer(3, ""), null));

        assertThat(reader.isDelete(delete)).isTrue();
        assertThat(reader.isDelete(raw(null))).as("a tombstone").isTrue();
        assertRejected(
                () -> reader.decoder(7, table(CUSTOMERS), Row.FACTORY).decode(delete),
                RejectCode.INVALID_VALUE,
                "there is no row `after` a change whose `op` is `d`");
    }

    @Test
    void theRowMayBeTheFirstOfTheTwo() throws Rejected {
        Schema turned = AvroBytes.schema(
                CUSTOMERS.toString().replace("[\"null\",\"Value\"],\"default\":null", "[\"Value\",\"null\"]"));
        new FakeSubject(registry, "crm.customers-value").version(50, "AVRO", turned.toString());
        byte[] update = change(turned, "u", null, customer(3, "Ada"));
        byte[] delete = change(turned, "d", null, null);
        update[4] = 50;
        delete[4] = 50;
        FormatReader reader = reader(turned);

        assertThat(turned.getField("after").schema().getTypes().get(1).getName())
                .isEqualTo("null");
        assertThat(reader.isDelete(raw(update))).isFalse();
        assertThat(reader.isDelete(raw(delete))).isTrue();
        assertThat(reader.decoder(50, table(turned), Row.FACTORY).decode(raw(update)))
                .isEqualTo(Row.of("id", 3, "name", "Ada"));
    }

    @Test
    void whatIsNeitherARowNorTheEndOfOneIsRefused() {
        FormatReader reader = reader(CUSTOMERS);

        assertRejected(
                () -> reader.isDelete(raw(change(CUSTOMERS, "t", null, null))),
                RejectCode.TABLE_TRUNCATED,
                "the source table was truncated, which deletes all of its rows, and this one's stay");
        assertRejected(
                () -> reader.isDelete(raw(change(CUSTOMERS, "u", null, null))),
                RejectCode.INVALID_VALUE,
                "there is no row `after` a change whose `op` is `u`");
    }

    @Test
    void aRowIsRefusedOfAChangeThatHasNone() throws Rejected {
        FormatReader reader = reader(CUSTOMERS);
        for (String op : List.of("d", "t", "m", "", "U")) {
            RawRecord record = raw(change(CUSTOMERS, op, null, customer(3, "Ada")));

            assertThat(reader.isDelete(record)).as(op).isFalse();
            assertRejected(
                    () -> reader.decoder(7, table(CUSTOMERS), Row.FACTORY).decode(record),
                    RejectCode.INVALID_VALUE,
                    "there is a row `after` a change whose `op` is `" + op + "`");
        }
    }

    @Test
    void brokenBytesAreFoundBehindTheRowToo() {
        FormatReader reader = reader(CUSTOMERS);
        byte[] sound = change(CUSTOMERS, "c", null, customer(3, "Ada"));

        assertRejected(
                () -> reader.decoder(7, table(CUSTOMERS), Row.FACTORY)
                        .decode(raw(Arrays.copyOf(sound, sound.length - 1))),
                RejectCode.TRUNCATED_PAYLOAD,
                "the value ends in `ts_ms`, which needs 1 more byte where 0 are left");
        assertRejected(
                () -> reader.decoder(7, table(CUSTOMERS), Row.FACTORY)
                        .decode(raw(Arrays.copyOf(sound, sound.length + 2))),
                RejectCode.TRAILING_BYTES,
                "the record ends after " + sound.length + " bytes of a value of " + (sound.length + 2));
        assertRejected(
                () -> reader.isDelete(raw(Arrays.copyOf(sound, 6))),
                RejectCode.TRUNCATED_PAYLOAD,
                "the value ends in `after`, which needs 1 more byte where 0 are left");
    }

    @Test
    void aSchemaThatIsNoEnvelopeIsRefusedWithTheReason() {
        Map<String, String> reasons = new HashMap<>(Map.of(
                "'string'",
                "it is `string`, and no record",
                "{'type': 'record', 'name': 'C', 'fields': [{'name': 'id', 'type': 'int'}]}",
                "it has no field `after`; records that are rows by themselves are of `type: avro`",
                "{'type': 'record', 'name': 'C', 'fields': [{'name': 'after', 'type': ['null', 'int']},"
                        + " {'name': 'op', 'type': 'string'}]}",
                "its `after` is no record that may be null",
                "{'type': 'record', 'name': 'C', 'fields': [{'name': 'after', 'type': ['null', {'type': 'record',"
                        + " 'name': 'V', 'fields': []}]}]}",
                "it has no field `op`; records that are rows by themselves are of `type: avro`",
                "{'type': 'record', 'name': 'C', 'fields': [{'name': 'op', 'type': 'string'}, {'name': 'after',"
                        + " 'type': ['null', {'type': 'record', 'name': 'V', 'fields': []}]}]}",
                "its `op` is no string behind `after`"));
        int id = 20;
        for (Map.Entry<String, String> wrong : reasons.entrySet()) {
            int own = id++;
            new FakeSubject(registry, "other-value")
                    .version(own, "AVRO", AvroBytes.schema(wrong.getKey()).toString());
            byte[] value = change(CUSTOMERS, "d", null, null);
            value[4] = (byte) own;
            String reason = "schema id `" + own + "` is no envelope of Debezium: " + wrong.getValue();
            FormatReader reader = reader(CUSTOMERS);

            assertRejected(() -> reader.isDelete(raw(value)), RejectCode.UNMAPPABLE_SCHEMA, reason);
            assertRejected(
                    () -> reader.decoder(own, table(CUSTOMERS), Row.FACTORY), RejectCode.UNMAPPABLE_SCHEMA, reason);
            reader.close();
        }
    }

    @Test
    void versionsAreThoseOfTheRow() throws Rejected {
        Schema more = envelope(ID, NAME, field("city", "'string', 'default': 'Rome'"));
        new FakeSubject(registry, "crm.customers-value")
                .version(7, "AVRO", CUSTOMERS.toString())
                .version(8, "AVRO", AvroBytes.record("id 'int'").toString())
                .version(9, "AVRO", more.toString());
        FormatReader reader = reader(more);
        RawRecord old = raw(change(CUSTOMERS, "c", null, customer(3, "Ada")));

        SchemaLineage lineage = reader.lineages(7, "crm.customers").get(0);

        assertThat(lineage.versions().stream().map(WriterSchema::columns))
                .as("that no row of which can come is none")
                .containsExactly(table(CUSTOMERS), table(more));
        assertThat(lineage.own()).isZero();
        assertThat(lineage.subject().name()).isEqualTo("crm.customers-value");
        assertThat(reader.written(9).orElseThrow().columns()).isEqualTo(table(more));
        assertThat(reader.decoder(7, table(more), Row.FACTORY).decode(old))
                .as("the newest version's default stands for what an older lacks")
                .isEqualTo(Row.of("id", 3, "name", "Ada", "city", "Rome"));
    }

    @Test
    void typesAreWhatTheDatabaseHas() throws Rejected {
        String decimal = "['null', {'type': 'record', 'name': 'VariableScaleDecimal', 'namespace': 'io.debezium.data',"
                + " 'fields': [{'name': 'scale', 'type': 'int'}, {'name': 'value', 'type': 'bytes'}],"
                + " 'connect.version': 1, 'connect.name': 'io.debezium.data.VariableScaleDecimal'}]";
        Schema types = envelope(
                field("d", named("int", "io.debezium.time.Date")),
                field("t", named("int", "io.debezium.time.Time")),
                field("t_micro", named("long", "io.debezium.time.MicroTime")),
                field("ts", named("long", "io.debezium.time.Timestamp")),
                field("ts_micro", "['null', " + named("long", "io.debezium.time.MicroTimestamp") + "]"),
                field(
                        "ts_connect",
                        "{'type': 'long', 'connect.version': 1, 'logicalType': 'timestamp-millis',"
                                + " 'connect.name': 'org.apache.kafka.connect.data.Timestamp'}"),
                field("tz", named("string", "io.debezium.time.ZonedTimestamp")),
                field(
                        "price",
                        "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 12, 'scale': 2,"
                                + " 'connect.name': 'org.apache.kafka.connect.data.Decimal'}"),
                field("number", decimal),
                field("numbers", "{'type': 'array', 'items': 'io.debezium.data.VariableScaleDecimal'}"),
                field("days", "{'type': 'array', 'items': " + named("int", "io.debezium.time.Date") + "}"),
                field("js", named("string", "io.debezium.data.Json")),
                field("uid", named("string", "io.debezium.data.Uuid")),
                field("level", named("string", "io.debezium.data.Enum")),
                field("odd", named("long", "io.debezium.time.MicroDuration")),
                field("wrong", named("string", "io.debezium.time.Date")));
        Schema variable = row(types).getField("numbers").schema().getElementType();
        GenericRecord number = new GenericRecordBuilder(variable)
                .set("scale", 3)
                .set("value", ByteBuffer.wrap(new BigInteger("-12345678901234567890").toByteArray()))
                .build();
        GenericRecord values = row(
                types,
                Map.ofEntries(
                        Map.entry("d", 19_000),
                        Map.entry("t", 1_500),
                        Map.entry("t_micro", 86_399_999_999L),
                        Map.entry("ts", -1L),
                        Map.entry("ts_micro", 1_700_000_000_123_456L),
                        Map.entry("ts_connect", 1_700_000_000_123L),
                        Map.entry("tz", "2018-06-20T15:37:03.123456+02:00"),
                        Map.entry(
                                "price",
                                ByteBuffer.wrap(BigInteger.valueOf(1_099).toByteArray())),
                        Map.entry("number", number),
                        Map.entry("numbers", List.of(number)),
                        Map.entry("days", List.of(1)),
                        Map.entry("js", "{\"a\": 1}"),
                        Map.entry("uid", "11111111-2222-3333-4444-555555555555"),
                        Map.entry("level", "gold"),
                        Map.entry("odd", 5L),
                        Map.entry("wrong", "x")));
        new FakeSubject(registry, "crm.customers-value").version(30, "AVRO", types.toString());
        byte[] value = change(types, "c", values, values);
        value[4] = 30;

        Object decoded = reader(types).decoder(30, table(types), Row.FACTORY).decode(raw(value));

        assertThat(table(types).columns().stream().map(Column::type))
                .containsExactly(
                        Primitive.DATE,
                        Primitive.TIME,
                        Primitive.TIME,
                        Primitive.TIMESTAMP,
                        Primitive.TIMESTAMP,
                        Primitive.TIMESTAMP,
                        Primitive.TIMESTAMPTZ,
                        new ColumnType.Decimal(12, 2),
                        Primitive.STRING,
                        new ColumnType.ListOf(Primitive.STRING, dev.firn.spi.schema.Nullability.REQUIRED),
                        new ColumnType.ListOf(Primitive.DATE, dev.firn.spi.schema.Nullability.REQUIRED),
                        Primitive.STRING,
                        Primitive.STRING,
                        Primitive.STRING,
                        Primitive.LONG,
                        Primitive.STRING);
        assertThat(decoded)
                .isEqualTo(Row.of(
                        "d", LocalDate.ofEpochDay(19_000),
                        "t", LocalTime.parse("00:00:01.5"),
                        "t_micro", LocalTime.parse("23:59:59.999999"),
                        "ts", LocalDateTime.parse("1969-12-31T23:59:59.999"),
                        "ts_micro", LocalDateTime.parse("2023-11-14T22:13:20.123456"),
                        "ts_connect", LocalDateTime.parse("2023-11-14T22:13:20.123"),
                        "tz", OffsetDateTime.parse("2018-06-20T13:37:03.123456Z"),
                        "price", new BigDecimal("10.99"),
                        "number", "-12345678901234567.890",
                        "numbers", List.of("-12345678901234567.890"),
                        "days", List.of(LocalDate.ofEpochDay(1)),
                        "js", "{\"a\": 1}",
                        "uid", "11111111-2222-3333-4444-555555555555",
                        "level", "gold",
                        "odd", 5L,
                        "wrong", "x"));
    }

    @Test
    void valuesThatNoColumnHoldsAreRefused() {
        Schema types = envelope(
                field("tz", named("string", "io.debezium.time.ZonedTimestamp")),
                field(
                        "number",
                        "{'type': 'record', 'name': 'V', 'fields': [{'name': 'scale', 'type': 'int'},"
                                + " {'name': 'value', 'type': 'bytes'}],"
                                + " 'connect.name': 'io.debezium.data.VariableScaleDecimal'}"));
        new FakeSubject(registry, "crm.customers-value").version(30, "AVRO", types.toString());
        Map<String, String> reasons = Map.of(
                "soon", "`tz` is `soon`, which is no timestamp with an offset",
                "+294248-01-01T00:00:00Z",
                        "`tz` is `+294248-01-01T00:00:00Z`, which is no timestamp in 64 bits of microseconds",
                "2018-06-20T13:37:03.123456789Z",
                        "`tz` is `2018-06-20T13:37:03.123456789Z`, and a column keeps microseconds, unless the `format` says"
                                + " `nanoseconds: truncate`");
        FormatReader reader = reader(types);
        reasons.forEach((text, reason) -> assertRejected(
                () -> reader.decoder(30, table(types), Row.FACTORY).decode(raw(typed(types, text, 1))),
                RejectCode.INVALID_VALUE,
                reason));
        assertRejected(
                () -> reader.decoder(30, table(types), Row.FACTORY)
                        .decode(raw(typed(types, "2018-06-20T13:37:03Z", -2_000_000_000))),
                RejectCode.INVALID_VALUE,
                "`number` is a decimal of 1 bytes with the scale `-2000000000`");
    }

    private static byte[] typed(Schema types, String zoned, int scale) {
        GenericRecord number = new GenericRecordBuilder(
                        row(types).getField("number").schema())
                .set("scale", scale)
                .set("value", ByteBuffer.wrap(new byte[] {1}))
                .build();
        byte[] value = change(types, "c", null, row(types, Map.of("tz", zoned, "number", number)));
        value[4] = 30;
        return value;
    }

    @Test
    void aValueThatWasNotSentIsNeverTheMarkInItsPlace() throws Rejected {
        Schema large = envelope(
                ID,
                field("body", "['null', 'string']"),
                field("photo", "['null', 'bytes']"),
                field("tags", "['null', {'type': 'array', 'items': ['null', 'string']}]"),
                field("refs", "['null', {'type': 'array', 'items': ['null', 'string']}]"),
                field("counts", "['null', {'type': 'array', 'items': ['null', 'long']}]"),
                field("sizes", "['null', {'type': 'array', 'items': 'int'}]"),
                field("props", "['null', {'type': 'map', 'values': ['null', 'string']}]"),
                field("hstore", "['null', 'string']"));
        new FakeSubject(registry, "crm.customers-value").version(31, "AVRO", large.toString());
        byte[] text = PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
        List<Object> numbers = new ArrayList<>();
        List<Object> longs = new ArrayList<>();
        for (byte number : text) {
            numbers.add((int) number);
            longs.add((long) number);
        }
        Map<String, Object> unavailable = Map.of(
                "body",
                PLACEHOLDER,
                "photo",
                ByteBuffer.wrap(text),
                "tags",
                List.of(PLACEHOLDER),
                "refs",
                List.of(UUID.nameUUIDFromBytes(text).toString()),
                "counts",
                longs,
                "sizes",
                numbers,
                "props",
                Map.of(PLACEHOLDER, PLACEHOLDER),
                "hstore",
                "{\"" + PLACEHOLDER + "\":\"" + PLACEHOLDER + "\"}");
        FormatReader reader = reader(large);

        for (Map.Entry<String, Object> value : unavailable.entrySet()) {
            RawRecord record = raw(largeRow(large, value.getKey(), value.getValue()));
            assertRejected(
                    () -> reader.decoder(31, table(large), Row.FACTORY).decode(record),
                    RejectCode.VALUE_NOT_SENT,
                    "`" + value.getKey() + "` has not changed and was not sent, and what it is nobody knows here");
            Row without = (Row) reader.decoder(
                            31,
                            new WriterView(
                                    new TableSchema(table(large).columns().stream()
                                            .filter(column -> !column.name().equals(value.getKey()))
                                            .toList()),
                                    Set.of(value.getKey())),
                            Row.FACTORY)
                    .decode(record);
            assertThat(without.value("id")).as("nobody wants " + value.getKey()).isEqualTo(3);
        }
        for (Map.Entry<String, Object> value : Map.<String, Object>of(
                        "body", "about " + PLACEHOLDER,
                        "tags", List.of(PLACEHOLDER, "x"),
                        "counts", longs.subList(1, longs.size()),
                        "props", Map.of("a", PLACEHOLDER))
                .entrySet()) {
            Row decoded = (Row) reader.decoder(31, table(large), Row.FACTORY)
                    .decode(raw(largeRow(large, value.getKey(), value.getValue())));
            assertThat(decoded.value(value.getKey())).isEqualTo(value.getValue());
        }
    }

    @Test
    void theMarkIsLookedForWhereItCanBe() throws Rejected {
        FormatReader reader = reader(CUSTOMERS);
        for (String op : List.of("c", "u")) {
            assertRejected(
                    () -> reader.decoder(7, table(CUSTOMERS), Row.FACTORY)
                            .decode(raw(change(CUSTOMERS, op, null, customer(3, PLACEHOLDER)))),
                    RejectCode.VALUE_NOT_SENT,
                    "`name` has not changed and was not sent, and what it is nobody knows here");
        }

        assertThat(reader.decoder(7, table(CUSTOMERS), Row.FACTORY)
                        .decode(raw(change(CUSTOMERS, "r", null, customer(3, PLACEHOLDER)))))
                .as("a snapshot has read it in the table")
                .isEqualTo(Row.of("id", 3, "name", PLACEHOLDER));
    }

    @Test
    void whatNobodyWantsMayBeNoValue() {
        Schema leveled =
                envelope(ID, NAME, field("level", "{'type': 'enum', 'name': 'Level', 'symbols': ['GOLD', 'BASIC']}"));
        Schema asInt = envelope(ID, NAME, field("level", "'int'"));
        new FakeSubject(registry, "crm.customers-value").version(32, "AVRO", leveled.toString());
        byte[] bytes =
                change(asInt, "u", null, row(asInt, Map.of("id", 3, "name", "see " + PLACEHOLDER, "level", 1_000)));
        bytes[4] = 32;
        WriterView without = new WriterView(table(CUSTOMERS), Set.of("level"));
        FormatReader reader = reader(leveled);

        Rejected rejected = catchThrowableOfType(
                Rejected.class, () -> reader.decoder(32, without, Row.FACTORY).decode(raw(bytes)));

        assertThat(rejected.code()).isEqualTo(RejectCode.INVALID_VALUE);
        assertThat(rejected.reason())
                .startsWith("the row has `" + PLACEHOLDER + "` somewhere, and can't be read as a whole to see where: ");
    }

    @Test
    void anEndlessTimestampIsNoneOfALateYear() throws Rejected, NotAnEnvelope {
        int id = 33;
        for (String type : List.of("MicroTimestamp", "NanoTimestamp")) {
            Schema till = envelope(field("till", named("long", "io.debezium.time." + type)));
            new FakeSubject(registry, "crm.customers-value").version(id, "AVRO", till.toString());
            FormatReader reader =
                    Formats.of(options(Nanoseconds.TRUNCATE), shelf, Map.of()).open(raw -> raw);
            open = reader;
            TableSchema table = AvroColumns.ofChanges(till, new AvroRules(Nanoseconds.TRUNCATE, new TreeSet<>()))
                    .table()
                    .orElseThrow();
            RowDecoder decoder = reader.decoder(id, table, Row.FACTORY);
            long infinity = 9_223_372_036_825_200_000L;
            long before = -9_223_372_036_832_400_000L;
            for (long value : new long[] {infinity, before, Long.MAX_VALUE, Long.MIN_VALUE}) {
                RawRecord record = raw(till(till, id, value));
                assertRejected(
                        () -> decoder.decode(record),
                        RejectCode.INVALID_VALUE,
                        "`till` is `" + (value < 0 ? "-" : "") + "infinity`, which is no timestamp of a column");
            }
            for (long value : new long[] {infinity - 1, before + 1, 1_000}) {
                assertThat(decoder.decode(raw(till(till, id, value)))).isInstanceOf(Row.class);
            }
            assertThat(decoder.decode(raw(till(till, id, 1_000))))
                    .isEqualTo(Row.of(
                            "till",
                            LocalDateTime.parse(
                                    type.startsWith("Nano")
                                            ? "1970-01-01T00:00:00.000001"
                                            : "1970-01-01T00:00:00.001")));
            reader.close();
            id++;
        }
    }

    private static byte[] till(Schema till, int id, long value) {
        byte[] bytes = change(till, "c", null, row(till, Map.of("till", value)));
        bytes[4] = (byte) id;
        return bytes;
    }

    @Test
    void onlyARecordOfAScaleAndBytesIsANumber() {
        String named = "{'type': 'record', 'name': '%s', 'connect.name': 'io.debezium.data.VariableScaleDecimal',"
                + " 'fields': [%s]}";
        String scale = "{'name': 'scale', 'type': {'type': 'int', 'connect.default': 0}}";
        String value = "{'name': 'value', 'type': 'bytes'}";
        Schema schema = envelope(
                field("number", named.formatted("A", scale + "," + value)),
                field("turned", named.formatted("B", value + "," + scale)),
                field("more", named.formatted("C", scale + "," + value + ", {'name': 'unit', 'type': 'string'}")),
                field("wide", named.formatted("D", "{'name': 'scale', 'type': 'long'}," + value)),
                field("optional", named.formatted("E", scale + ", {'name': 'value', 'type': ['null', 'bytes']}")));

        assertThat(table(schema).columns())
                .filteredOn(column -> column.type() == Primitive.STRING)
                .extracting(Column::name)
                .containsExactly("number");
        assertThat(table(schema).columns())
                .filteredOn(column -> column.type() instanceof ColumnType.Struct)
                .hasSize(4);
    }

    private static byte[] largeRow(Schema large, String column, Object value) {
        Map<String, @Nullable Object> values = new HashMap<>();
        row(large).getFields().forEach(field -> values.put(field.name(), null));
        values.put("id", 3);
        values.put(column, value);
        GenericRecord row = new GenericData.Record(row(large));
        values.forEach(row::put);
        byte[] bytes = change(large, "u", null, row);
        bytes[4] = 31;
        return bytes;
    }

    @Test
    void keysHaveTheTypesThatRowsHave() throws Rejected {
        Schema key = AvroBytes.schema("{'type': 'record', 'name': 'Key', 'namespace': 'crm.public.days', 'fields': ["
                + field("day", named("int", "io.debezium.time.Date")) + ", "
                + field("id", "{'type': 'int', 'connect.default': 0}, 'default': 0")
                + "], 'connect.name': 'crm.public.days.Key'}");
        new FakeSubject(registry, "crm.customers-key").version(40, "AVRO", key.toString());
        KeyOptions said = new KeyOptions(KeyType.AVRO, "key_", "key", KeyOptions.Columns.NONE);
        FormatReader reader = RowFormat.of(
                        Formats.of(options(), shelf, Map.of("crm.customers", CUSTOMERS.toString())),
                        Optional.empty(),
                        List.of(),
                        Optional.of(Formats.deletes(options(), said, shelf, Map.of("crm.customers", key.toString()))))
                .open(raw -> raw);
        open = reader;
        byte[] bytes = AvroBytes.encode(
                key, new GenericRecordBuilder(key).set("day", 1).set("id", 3).build());
        bytes[4] = 40;
        RawRecord delete = new RawRecord(
                new Split("kafka", "crm.customers", 0, "1"),
                3,
                0,
                bytes,
                change(CUSTOMERS, "d", null, null),
                Collections.emptyList());
        FormatReader stream = reader.stream("crm.customers");

        assertThat(stream.isDelete(delete)).isTrue();
        FormatReader keys = stream.deletes().orElseThrow();
        assertThat(keys.projection(
                                keys.schemaId(delete),
                                new TableSchema(List.of(
                                        Column.required("id", Primitive.INT), Column.required("day", Primitive.DATE))),
                                Row.FACTORY)
                        .decode(delete))
                .isEqualTo(Row.of("id", 3, "day", LocalDate.ofEpochDay(1)));
        assertThat(Formats.recordKey(options(), said, Optional.of(Formats.keySchema(options(), key.toString())))
                        .field("day")
                        .orElseThrow()
                        .column()
                        .type())
                .isEqualTo(Primitive.DATE);
    }

    @Test
    void schemasOfKeysAreWaitedForBeforeAChangeIsRead() throws Rejected {
        new FakeSubject(registry, "crm.customers-key")
                .version(40, "AVRO", AvroBytes.record("id 'int'").toString());
        KeyOptions said = new KeyOptions(KeyType.AVRO, "key_", "key", KeyOptions.Columns.NONE);
        byte[] delete = change(CUSTOMERS, "d", null, null);
        byte[] key = {0, 0, 0, 0, 40, 6};
        FormatReader reader = reader(CUSTOMERS);

        try (SchemaGate gate =
                Formats.gate(options(), Optional.of(said), true, shelf).open(raw -> raw)) {
            assertThat(gate.missing(key, delete)).hasValue(7);
            reader.isDelete(raw(delete));
            assertThat(gate.missing(key, delete)).hasValue(40);
        }
    }

    private static void assertRejected(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable read, RejectCode code, String reason) {
        Rejected rejected = catchThrowableOfType(Rejected.class, read);
        assertThat(rejected).as(reason).isNotNull();
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.code()).isEqualTo(code);
    }
}
