package dev.firn.schema.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.schema.testing.Row;
import dev.firn.spi.format.ColumnReader;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowFormatTest {

    private static final Split SPLIT = new Split("kafka", "orders", 3, "t");
    private static final byte[] VALUE = {0, 0, 0, 0, 7, 42};
    private static final RawRecord RECORD = new RawRecord(
            SPLIT,
            17,
            1_700_000_000_123L,
            new byte[] {1, 2},
            VALUE,
            List.of(new Header("trace", new byte[] {9}), new Header("trace", null)));
    private static final RawRecord BARE =
            new RawRecord(SPLIT, 18, RawRecord.NO_TIMESTAMP, null, new byte[] {0, 0, 0, 0, 7, 1}, List.of());
    private static final RawRecord UNFRAMED = new RawRecord(SPLIT, 19, 0, null, new byte[] {5}, List.of());
    private static final Column ID = Column.required("id", Primitive.LONG);

    private boolean closed;

    @Test
    void everyFieldHasAColumnOfItsType() throws Rejected {
        List<MetadataColumn> all = List.of(
                new MetadataColumn("_topic", MetadataField.STREAM),
                new MetadataColumn("_partition", MetadataField.PARTITION),
                new MetadataColumn("_offset", MetadataField.OFFSET),
                new MetadataColumn("_time", MetadataField.TIMESTAMP),
                new MetadataColumn("_key", MetadataField.KEY),
                new MetadataColumn("_headers", MetadataField.HEADERS),
                new MetadataColumn("_schema_id", MetadataField.SCHEMA_ID));
        List<Column> columns = new ArrayList<>(List.of(ID));
        all.forEach(metadata -> columns.add(metadata.column()));

        RowDecoder decoder = open(all).stream("orders").decoder(7, new TableSchema(columns), Row.FACTORY);

        assertThat(columns.stream().map(column -> column.name() + " " + column.type() + " " + column.nullability()))
                .containsExactly(
                        "id long REQUIRED",
                        "_topic string REQUIRED",
                        "_partition int REQUIRED",
                        "_offset long REQUIRED",
                        "_time timestamptz OPTIONAL",
                        "_key binary OPTIONAL",
                        "_headers list<struct<key: string, value: binary>> REQUIRED",
                        "_schema_id int OPTIONAL");
        assertThat(decoder.decode(RECORD))
                .isEqualTo(Row.of(
                        "id",
                        42L,
                        "_topic",
                        "orders",
                        "_partition",
                        3,
                        "_offset",
                        17L,
                        "_time",
                        OffsetDateTime.parse("2023-11-14T22:13:20.123Z"),
                        "_key",
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        "_headers",
                        List.of(
                                Row.of("key", "trace", "value", ByteBuffer.wrap(new byte[] {9})),
                                Row.of("key", "trace", "value", null)),
                        "_schema_id",
                        7));
        assertThat(decoder.decode(BARE))
                .isEqualTo(Row.of(
                        "id",
                        1L,
                        "_topic",
                        "orders",
                        "_partition",
                        3,
                        "_offset",
                        18L,
                        "_time",
                        null,
                        "_key",
                        null,
                        "_headers",
                        List.of(),
                        "_schema_id",
                        7));
        assertThat(decoder.decode(UNFRAMED))
                .extracting(row -> ((Row) row).value("_schema_id"))
                .isNull();
    }

    @Test
    void aTimestampThatNoTableKeepsIsRejected() throws Rejected {
        List<MetadataColumn> time = List.of(new MetadataColumn("_time", MetadataField.TIMESTAMP));
        TableSchema table = new TableSchema(List.of(ID, Column.optional("_time", Primitive.TIMESTAMPTZ)));
        RowDecoder decoder = open(time).stream("orders").decoder(7, table, Row.FACTORY);
        long latest = Long.MAX_VALUE / 1000;

        assertThat(decoder.decode(new RawRecord(SPLIT, 1, latest, null, VALUE, List.of())))
                .isNotNull();
        Rejected rejected = Objects.requireNonNull(catchThrowableOfType(
                Rejected.class, () -> decoder.decode(new RawRecord(SPLIT, 1, latest + 1, null, VALUE, List.of()))));
        assertThat(rejected.code()).isEqualTo(RejectCode.INVALID_VALUE);
        assertThat(rejected.reason())
                .isEqualTo(
                        "the record's timestamp is `9223372036854776` ms, which is no timestamp in 64 bits of microseconds");
    }

    @Test
    void columnsStandWhereTheTableHasThem() throws Rejected {
        TableSchema table = new TableSchema(
                List.of(Column.required("_offset", Primitive.LONG), ID, Column.optional("_partition", Primitive.LONG)));

        RowDecoder decoder = open(offsetAndPartition()).stream("orders").decoder(7, table, Row.FACTORY);

        assertThat(decoder.decode(RECORD)).isEqualTo(Row.of("_offset", 17L, "id", 42L, "_partition", 3L));
    }

    @Test
    void aTableWithoutAColumnForItIsRefused() {
        Rejected rejected = refused(new TableSchema(List.of(ID)));

        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
        assertThat(rejected.reason()).isEqualTo("the table has no column for `_offset` (long), `_partition` (int)");
    }

    @Test
    void aColumnOfAnotherTypeIsRefused() {
        Rejected rejected = refused(new TableSchema(List.of(
                ID, Column.required("_offset", Primitive.STRING), Column.required("_partition", Primitive.INT))));

        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
        assertThat(rejected.reason()).isEqualTo("`_offset` is long, and the table's column is string");
    }

    @Test
    void whatARecordLacksDoesNotGoToARequiredColumn() throws Rejected {
        List<MetadataColumn> key = List.of(new MetadataColumn("_key", MetadataField.KEY));
        TableSchema table = new TableSchema(List.of(ID, Column.required("_key", Primitive.BINARY)));
        RowDecoder decoder = open(key).stream("orders").decoder(7, table, Row.FACTORY);

        assertThat(decoder.decode(RECORD)).isNotNull();
        Rejected rejected = Objects.requireNonNull(catchThrowableOfType(Rejected.class, () -> decoder.decode(BARE)));
        assertThat(rejected.code()).isEqualTo(RejectCode.MISSING_REQUIRED_COLUMN);
        assertThat(rejected.reason()).isEqualTo("`_key` is null, and the table requires it");
    }

    @Test
    void someColumnsCanBeReadAlone() throws Rejected {
        FormatReader reader = open(offsetAndPartition()).stream("orders");
        TableSchema partitions = new TableSchema(List.of(Column.required("_partition", Primitive.INT)));

        assertThat(reader.projection(7, partitions, Row.FACTORY).decode(RECORD)).isEqualTo(Row.of("_partition", 3));
        assertThat(reader.column(7, "_offset").read(RECORD)).isEqualTo(17L);
        assertThat(reader.column(7, "id").read(RECORD)).isEqualTo("id of the value");
    }

    @Test
    void streamsThatAreReadAlikeStayAlike() {
        FormatReader reader = open(offsetAndPartition());

        assertThat(reader.stream("one")).isSameAs(reader.stream("other")).isNotSameAs(reader);
        assertThat(reader.stream("unknown")).isNotSameAs(reader.stream("one"));
    }

    @Test
    void closesTheValuesReader() {
        open(offsetAndPartition()).close();

        assertThat(closed).isTrue();
    }

    @Test
    void withoutColumnsTheFormatIsAsItWas() {
        assertThat(RowFormat.of(references -> new Values(), Optional.empty(), List.of()))
                .isNotInstanceOf(RowFormat.class);
    }

    private static List<MetadataColumn> offsetAndPartition() {
        return List.of(
                new MetadataColumn("_offset", MetadataField.OFFSET),
                new MetadataColumn("_partition", MetadataField.PARTITION));
    }

    private Rejected refused(TableSchema table) {
        return Objects.requireNonNull(
                catchThrowableOfType(Rejected.class, () -> open(offsetAndPartition()).stream("orders")
                        .decoder(7, table, Row.FACTORY)));
    }

    private FormatReader open(List<MetadataColumn> columns) {
        return RowFormat.of(references -> new Values(), Optional.empty(), columns)
                .open(raw -> raw);
    }

    /** Reads the last byte of a value into its one column. */
    private final class Values implements FormatReader {

        private final @Nullable Values stream;

        private Values() {
            this(new Values(null));
        }

        private Values(@Nullable Values stream) {
            this.stream = stream;
        }

        @Override
        public FormatReader stream(String name) {
            return stream == null || name.equals("unknown") ? this : stream;
        }

        @Override
        public int schemaId(RawRecord record) {
            return record.valueSchemaId();
        }

        @Override
        public RowDecoder decoder(int schemaId, TableSchema table, StructFactory structs) {
            assertThat(table.columns()).containsExactly(ID);
            return projection(schemaId, table, structs);
        }

        @Override
        public RowDecoder projection(int schemaId, TableSchema columns, StructFactory structs) {
            StructFactory.Maker maker = structs.maker(new ColumnType.Struct(columns.columns()));
            return record -> {
                byte[] value = Objects.requireNonNull(record.value());
                return maker.struct(
                        columns.columns().isEmpty()
                                ? new @Nullable Object[0]
                                : new @Nullable Object[] {(long) value[value.length - 1]});
            };
        }

        @Override
        public ColumnReader column(int schemaId, String column) {
            return record -> column + " of the value";
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
