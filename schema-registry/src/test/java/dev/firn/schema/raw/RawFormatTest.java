package dev.firn.schema.raw;

import static dev.firn.schema.testing.AvroBytes.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.schema.AvroEncoding;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.FormatType;
import dev.firn.schema.Formats;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.SchemaGate;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.json.UnknownFields;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.KeyType;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RawFormatTest {

    private static final ShelfName SHELF = new ShelfName("shop", 1, "events");
    private static final TableSchema BINARY = new TableSchema(List.of(Column.required("body", Primitive.BINARY)));
    private static final TableSchema STRING = new TableSchema(List.of(Column.required("body", Primitive.STRING)));

    @Test
    void aValueIsOneColumn() {
        assertThat(new RawFormat("body", RawFormat.Type.BINARY).schema().columns())
                .isEqualTo(BINARY);
        assertThat(new RawFormat("body", RawFormat.Type.STRING).schema().columns())
                .isEqualTo(STRING);
    }

    @Test
    void keepsEveryByteAlsoWhereThereIsNone() throws Rejected {
        try (FormatReader reader = reader(RawFormat.Type.BINARY)) {
            for (byte[] value : List.of(new byte[] {0, 0, 0, 0, 7, -1}, new byte[0])) {
                RawRecord record = raw(value);
                assertThat(reader.schemaId(record)).isEqualTo(RawRecord.NO_SCHEMA_ID);
                assertThat(reader.decoder(-1, BINARY, Row.FACTORY).decode(record))
                        .isEqualTo(Row.of("body", ByteBuffer.wrap(value)));
                assertThat(reader.column(-1, "body").read(record)).isEqualTo(ByteBuffer.wrap(value));
                assertThat(reader.column(-1, "other").read(record)).isNull();
            }
        }
    }

    @Test
    void readsTextStrictly() throws Rejected {
        RawRecord broken = raw(new byte[] {'a', (byte) 0xC0, (byte) 0x80});
        try (FormatReader reader = reader(RawFormat.Type.STRING)) {
            assertThat(reader.decoder(-1, STRING, Row.FACTORY).decode(raw("snö 😀".getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(Row.of("body", "snö 😀"));
            assertThatThrownBy(() -> reader.decoder(-1, STRING, Row.FACTORY).decode(broken))
                    .isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code())
                            .isEqualTo(RejectCode.BAD_UTF8))
                    .hasMessage("`body` is not UTF-8: byte `0xc0` at 1 of 3");
        }
    }

    @Test
    void leavesColumnsOfOthersAloneAndRefusesATableThatCannotTakeIt() throws Rejected {
        RawRecord record = raw(new byte[] {1});
        TableSchema more = new TableSchema(
                List.of(Column.optional("note", Primitive.STRING), Column.optional("body", Primitive.BINARY)));
        TableSchema required = new TableSchema(
                List.of(Column.required("note", Primitive.STRING), Column.optional("body", Primitive.BINARY)));
        TableSchema none = new TableSchema(List.of(Column.optional("note", Primitive.STRING)));
        try (FormatReader reader = reader(RawFormat.Type.BINARY)) {
            assertThat(reader.decoder(-1, more, Row.FACTORY).decode(record))
                    .isEqualTo(Row.of("note", null, "body", ByteBuffer.wrap(new byte[] {1})));
            assertThat(reader.projection(-1, none, Row.FACTORY).decode(record)).isEqualTo(Row.of("note", null));
            assertRefused(
                    reader,
                    required,
                    RejectCode.MISSING_REQUIRED_COLUMN,
                    "the writer's schema has nothing for the required column `note`");
            assertRefused(reader, none, RejectCode.SCHEMA_NOT_IN_TABLE, "the table has no column for `body` (binary)");
            assertRefused(
                    reader,
                    STRING,
                    RejectCode.SCHEMA_NOT_IN_TABLE,
                    "`body` is binary, and the table's column is string");
        }
    }

    private static void assertRefused(FormatReader reader, TableSchema table, RejectCode code, String why) {
        assertThatThrownBy(() -> reader.decoder(-1, table, Row.FACTORY))
                .isInstanceOfSatisfying(
                        Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code))
                .hasMessage(why);
    }

    /** Bytes that look like a frame are none: nothing is asked for, and nothing waits. */
    @Test
    void itsGateLooksAtKeysAndOnlyWhereTheyNameASchema() {
        byte[] likeAFrame = {0, 0, 0, 0, 9};
        byte[] framedKey = {0, 0, 0, 0, 7, 2, 'a'};
        try (FakeRegistry registry = new FakeRegistry()) {
            registry.neverAnswer("/schemas/ids/7");
            FormatOptions options = options(Optional.of(RegistryOptions.at(new Text(registry.url()))));
            KeyOptions avro = new KeyOptions(KeyType.AVRO, "key_", "key");
            try (SchemaGate open =
                            Formats.gate(options, Optional.empty(), SHELF).open(raw -> raw);
                    SchemaGate ofKeys =
                            Formats.gate(options, Optional.of(avro), SHELF).open(raw -> raw)) {
                assertThat(open.missing(framedKey, likeAFrame)).isEmpty();
                assertThat(ofKeys.missing(null, likeAFrame)).isEmpty();
                assertThat(ofKeys.missing(framedKey, null)).as("of a tombstone").isEmpty();
                assertThat(ofKeys.missing(framedKey, likeAFrame)).hasValue(7);
            }
        }
    }

    private static FormatReader reader(RawFormat.Type type) {
        return new RawFormat("body", type).open(raw -> raw);
    }

    private static FormatOptions options(Optional<RegistryOptions> registry) {
        return options(registry, "value");
    }

    private static FormatOptions options(Optional<RegistryOptions> registry, String column) {
        return new FormatOptions(
                FormatType.RAW,
                registry,
                AvroEncoding.BINARY,
                Optional.empty(),
                UnknownFields.IGNORE,
                Nanoseconds.REFUSE,
                Optional.empty(),
                column,
                RawFormat.Type.BINARY);
    }

    @Test
    void aColumnHasAName() {
        assertThatThrownBy(() -> options(Optional.empty(), " ")).hasMessage("`column` names no column");
    }

    @Test
    void travelsWithWhatItIs() {
        assertThat(Formats.of(options(Optional.empty()), SHELF, Map.of()))
                .isEqualTo(new RawFormat("value", RawFormat.Type.BINARY));
    }
}
