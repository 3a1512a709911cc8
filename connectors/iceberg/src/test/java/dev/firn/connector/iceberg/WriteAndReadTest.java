package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.iceberg.ListedRows.Fields;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.SortField;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteAndReadTest {

    private static final UUID ONE_UUID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final UUID LAST_UUID = new UUID(-1, -1);

    @TempDir
    Path folder;

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(Primitive.BOOLEAN, List.of(true, false)),
                Arguments.of(Primitive.INT, List.of(Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE)),
                Arguments.of(Primitive.LONG, List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE)),
                Arguments.of(Primitive.FLOAT, List.of(Float.NaN, -0.0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY)),
                Arguments.of(Primitive.DOUBLE, List.of(Double.NaN, -0.0, Double.MIN_VALUE, Double.POSITIVE_INFINITY)),
                Arguments.of(Primitive.STRING, List.of("", "Grüße 🧊", "\u0000", "x".repeat(100_000))),
                Arguments.of(Primitive.BINARY, List.of(bytes(), bytes(0, -1, 127))),
                Arguments.of(
                        Primitive.DATE,
                        List.of(
                                LocalDate.parse("0001-01-01"),
                                LocalDate.parse("1969-12-31"),
                                LocalDate.MAX.withYear(9999))),
                Arguments.of(
                        Primitive.TIME,
                        List.of(
                                LocalTime.MIDNIGHT,
                                LocalTime.parse("12:34:56.789123"),
                                LocalTime.parse("23:59:59.999999"))),
                Arguments.of(
                        Primitive.TIMESTAMP,
                        List.of(
                                LocalDateTime.parse("0001-01-01T00:00:00"),
                                LocalDateTime.parse("1969-12-31T23:59:59.999999"),
                                LocalDateTime.parse("1900-05-17T01:02:03.000001"),
                                LocalDateTime.parse("9999-12-31T23:59:59.999999"))),
                Arguments.of(
                        Primitive.TIMESTAMPTZ,
                        List.of(
                                OffsetDateTime.parse("0001-01-01T00:00:00Z"),
                                OffsetDateTime.parse("1969-12-31T23:59:59.999999Z"),
                                OffsetDateTime.parse("2024-02-29T23:59:59.123456Z"))),
                Arguments.of(Primitive.UUID, List.of(ONE_UUID, LAST_UUID, new UUID(0, 0))),
                Arguments.of(
                        new ColumnType.Decimal(9, 2),
                        List.of(new BigDecimal("-9999999.99"), new BigDecimal("0.00"), new BigDecimal("9999999.99"))),
                Arguments.of(
                        new ColumnType.Decimal(18, 18),
                        List.of(new BigDecimal("-0.999999999999999999"), new BigDecimal("0.000000000000000001"))),
                Arguments.of(
                        new ColumnType.Decimal(38, 10),
                        List.of(
                                new BigDecimal("-9999999999999999999999999999.9999999999"),
                                new BigDecimal("0.0000000001"))),
                Arguments.of(new ColumnType.Fixed(3), List.of(new byte[] {0, -1, 127}, new byte[] {0, 0, 0})),
                Arguments.of(
                        new ColumnType.ListOf(Primitive.TIME, Nullability.OPTIONAL),
                        List.of(List.of(), Arrays.asList(LocalTime.parse("00:00:00.000001"), null))),
                Arguments.of(
                        new ColumnType.ListOf(Primitive.UUID, Nullability.OPTIONAL),
                        List.of(Arrays.asList(ONE_UUID, null, LAST_UUID))),
                Arguments.of(
                        new ColumnType.MapOf(Primitive.UUID, Nullability.OPTIONAL),
                        List.of(mapOf("a", ONE_UUID, "b", null))),
                Arguments.of(
                        new ColumnType.MapOf(
                                new ColumnType.ListOf(Primitive.LONG, Nullability.REQUIRED), Nullability.REQUIRED),
                        List.of(Map.of(), Map.of("a", List.of(1L, 2L), "b", List.of()))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsBackWhatItWrote(ColumnType type, List<?> values) {
        List<Fields> rows = new ArrayList<>();
        values.forEach(value -> rows.add(new Fields(value, value)));
        rows.add(new Fields(values.get(0), null));
        TableSchema schema =
                new TableSchema(List.of(Column.required("required", type), Column.optional("optional", type)));

        List<List<@Nullable Object>> read = writtenAndRead(schema, rows, "parquet");

        assertThat(read).hasSameSizeAs(rows);
        for (int i = 0; i < values.size(); i++) {
            assertThat(read.get(i).get(0)).isEqualTo(values.get(i));
            assertThat(read.get(i).get(1)).isEqualTo(values.get(i));
        }
        assertThat(read.get(values.size()).get(1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro"})
    void writesEveryFileFormat(String format) {
        ColumnType.Struct inner = new ColumnType.Struct(List.of(
                Column.required("at", Primitive.TIME),
                Column.optional("id", Primitive.UUID),
                Column.optional("amount", new ColumnType.Decimal(20, 3))));
        TableSchema schema = new TableSchema(List.of(
                Column.required("id", Primitive.UUID),
                Column.required("one", inner),
                Column.optional("many", new ColumnType.ListOf(inner, Nullability.OPTIONAL)),
                Column.required("named", new ColumnType.MapOf(inner, Nullability.REQUIRED)),
                Column.optional("when", Primitive.TIMESTAMPTZ)));
        LocalTime time = LocalTime.parse("01:02:03.456789");
        OffsetDateTime when = OffsetDateTime.parse("1955-11-05T06:00:00.000001Z");
        Fields full = new Fields(time, ONE_UUID, new BigDecimal("12345678901234567.890"));
        Fields sparse = new Fields(time, null, null);

        List<List<@Nullable Object>> read = writtenAndRead(
                schema,
                List.of(new Fields(LAST_UUID, full, Arrays.asList(sparse, null, full), Map.of("a", full), when)),
                format);

        List<@Nullable Object> row = read.get(0);
        assertThat(row.get(0)).isEqualTo(LAST_UUID);
        assertThat(fields(row.get(1))).containsExactly(full.values());
        List<?> many = (List<?>) row.get(2);
        assertThat(fields(many.get(0))).containsExactly(sparse.values());
        assertThat(many.get(1)).isNull();
        assertThat(fields(many.get(2))).containsExactly(full.values());
        assertThat(fields(((Map<?, ?>) row.get(3)).get("a"))).containsExactly(full.values());
        assertThat(row.get(4)).isEqualTo(when);
    }

    @Test
    void countsInStagedFilesWhatTheFilesHold() {
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER, "bucket(n, 4)"));

            StagedEpoch staged = TestLake.stage(lake, 1, 1, TestLake.numbers(0, 100));
            lake.commit(TestLake.ORDERS, List.of(staged));

            assertThat(staged.files()).singleElement().satisfies(files -> {
                assertThat(files.records()).isEqualTo(100);
                assertThat(files.files()).isEqualTo(4);
                assertThat(files.bytes())
                        .isEqualTo(filesOf(test).stream()
                                .mapToLong(DataFile::fileSizeInBytes)
                                .sum());
            });
            assertThat(staged.files()).extracting(StagedFiles::table).containsOnly(TestLake.ORDERS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region",
                "id",
                "year(at)",
                "month(at)",
                "day(at)",
                "hour(at)",
                "day(local)",
                "year(day)",
                "month(day)",
                "bucket(id, 16)",
                "bucket(amount, 1000)",
                "bucket(time, 1000)",
                "bucket(fixed, 1000)",
                "truncate(region, 1)",
                "truncate(amount, 50)",
                "time",
                "place.zip"
            })
    void writesEveryPartitionTransform(String transform) {
        ColumnType.Struct place = new ColumnType.Struct(List.of(Column.optional("zip", Primitive.INT)));
        TableSchema schema = new TableSchema(List.of(
                Column.required("n", Primitive.LONG),
                Column.optional("region", Primitive.STRING),
                Column.optional("id", Primitive.UUID),
                Column.optional("at", Primitive.TIMESTAMPTZ),
                Column.optional("local", Primitive.TIMESTAMP),
                Column.optional("day", Primitive.DATE),
                Column.optional("time", Primitive.TIME),
                Column.optional("amount", new ColumnType.Decimal(9, 2)),
                Column.optional("fixed", new ColumnType.Fixed(2)),
                Column.required("place", place)));
        List<Fields> rows = List.of(
                partitioned(0, "eu", ONE_UUID, "2024-02-29T23:59:59.999999", "1.23"),
                partitioned(1, "us", LAST_UUID, "1969-12-31T23:59:59.999998", "-1.23"),
                partitioned(2, "eu", ONE_UUID, "2024-02-29T23:59:59.999999", "1.23"),
                new Fields(3L, null, null, null, null, null, null, null, null, new Fields((Object) null)));

        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(TestLake.spec(TestLake.ORDERS, schema, transform));
            lake.commit(
                    TestLake.ORDERS,
                    List.of(new StagedEpoch(1, 1, TestLake.stage(lake, 1, TestLake.ORDERS, new ListedRows(rows)))));

            assertThat(test.numbers()).containsExactly(0L, 1L, 2L, 3L);
            assertThat(lake.table(TestLake.ORDERS).orElseThrow().partitioning())
                    .extracting(Object::toString)
                    .containsExactly(transform);
            // Rows 0 and 2 are alike, so they share a file; the row without values has a partition of its own.
            assertThat(filesOf(test)).extracting(DataFile::recordCount).containsExactlyInAnyOrder(2L, 1L, 1L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gone      | table `sales.orders` can't be partitioned by `gone`: Cannot find source column: gone",
                "code      | table `sales.orders` can't be partitioned by `code`: Iceberg can't keep the values of a"
                        + " `fixed[2]` column as partitions",
                "day(code) | table `sales.orders` can't be partitioned by `day(code)`: Invalid source"
                        + " type fixed[2] for transform: day"
            })
    void refusesPartitioningThatCannotBe(String transform, String message) {
        TableSchema schema = new TableSchema(List.of(Column.required("code", new ColumnType.Fixed(2))));
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();

            assertThatThrownBy(() -> lake.create(TestLake.spec(TestLake.ORDERS, schema, transform)))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage(message);
        }
    }

    static Stream<Arguments> sortableValues() {
        return values().filter(value -> SortField.takes((ColumnType) value.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("sortableValues")
    void sortsFilesByColumnsOfEveryType(ColumnType type, List<?> values) {
        TableSchema schema = new TableSchema(List.of(Column.optional("value", type)));
        List<Fields> rows = new ArrayList<>();
        rows.add(new Fields((Object) null));
        values.forEach(value -> rows.add(new Fields(value)));

        List<@Nullable Object> rising = sorted(schema, rows, "value");
        List<@Nullable Object> falling = sorted(schema, rows, "value desc");

        assertThat(rising).hasSameSizeAs(rows).containsAll(values);
        assertThat(rising.get(0)).isNull();
        Collections.reverse(falling);
        assertThat(falling.toArray()).isEqualTo(rising.toArray());
        if (rising.get(1) instanceof Long) {
            assertThat(rising).containsExactly(null, Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
        }
    }

    private List<@Nullable Object> sorted(TableSchema schema, List<Fields> rows, String by) {
        TableName table = new TableName("sales.by_" + by.replace(' ', '_'));
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(new TableSpec(table, schema, List.of(), sortOrder(by), new TreeMap<>()));
            lake.commit(table, List.of(new StagedEpoch(1, 1, TestLake.stage(lake, 1, table, new ListedRows(rows)))));
            List<@Nullable Object> read = new ArrayList<>();
            lake.read(table, List.of("value"), row -> read.add(row.get(0)));
            return read;
        }
    }

    private static List<SortField> sortOrder(String... fields) {
        return Stream.of(fields)
                .map(field -> SortField.parse(field).orElseThrow())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gone      | table `sales.orders` can't be sorted by `gone`: Cannot find field 'gone' in struct:"
                        + " struct<1: tags: required list<long>>",
                "tags desc | table `sales.orders` can't be sorted by `tags desc`: Cannot sort by"
                        + " non-primitive source field: list<long>"
            })
    void refusesAnOrderThatCannotBe(String field, String message) {
        TableSchema schema = new TableSchema(
                List.of(Column.required("tags", new ColumnType.ListOf(Primitive.LONG, Nullability.REQUIRED))));
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            TableSpec spec = new TableSpec(TestLake.ORDERS, schema, List.of(), sortOrder(field), new TreeMap<>());

            assertThatThrownBy(() -> lake.create(spec))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void tellsAnOrderThatTheFileCannotWrite() {
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
            test.table(TestLake.ORDERS)
                    .replaceSortOrder()
                    .desc(Expressions.bucket("n", 16))
                    .asc("n", NullOrder.NULLS_LAST)
                    .commit();

            assertThat(lake.table(TestLake.ORDERS).orElseThrow().sortedBy())
                    .containsExactly("bucket[16](n) desc", "n nulls last");
        }
    }

    @Test
    void refusesAFileFormatThatItCannotWrite() {
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            TableSpec orc = new TableSpec(
                    TestLake.ORDERS,
                    TestLake.ONE_NUMBER,
                    List.of(),
                    new TreeMap<>(Map.of("write.format.default", "orc")));

            assertThatThrownBy(() -> lake.create(orc))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("table `sales.orders` has `write.format.default` `orc`, and Firn writes `parquet` and"
                            + " `avro`");
        }
    }

    @ParameterizedTest
    @EnumSource(CatalogKind.class)
    void tellsATableAsItWasCreated(CatalogKind kind) {
        TableSchema schema = new TableSchema(List.of(
                Column.required("n", Primitive.LONG),
                Column.optional("tags", new ColumnType.MapOf(Primitive.STRING, Nullability.OPTIONAL))));
        List<PartitionTransform> partitioning = TestLake.spec(
                        TestLake.ORDERS, schema, "bucket(n, 4)", "truncate(n, 10)")
                .partitioning();
        TableSpec spec = new TableSpec(TestLake.ORDERS, schema, partitioning, sortOrder("n desc"), new TreeMap<>());
        try (TestLake test = new TestLake(kind, folder)) {
            Lake lake = test.open();

            assertThat(lake.table(TestLake.ORDERS)).isEmpty();
            lake.create(spec);
            lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));

            assertThat(lake.table(TestLake.ORDERS)).hasValueSatisfying(table -> {
                assertThat(table.schema()).isEqualTo(schema);
                assertThat(table.partitioning()).isEqualTo(spec.partitioning());
                assertThat(table.sortedBy()).containsExactly("n desc");
                assertThat(table.incarnation())
                        .isEqualTo(test.table(TestLake.ORDERS).uuid().toString());
            });
        }
    }

    private List<List<@Nullable Object>> writtenAndRead(TableSchema schema, List<Fields> rows, String format) {
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(new TableSpec(
                    TestLake.ORDERS, schema, List.of(), new TreeMap<>(Map.of("write.format.default", format))));
            lake.commit(
                    TestLake.ORDERS,
                    List.of(new StagedEpoch(1, 1, TestLake.stage(lake, 1, TestLake.ORDERS, new ListedRows(rows)))));
            List<List<@Nullable Object>> read = new ArrayList<>();
            lake.read(
                    TestLake.ORDERS, schema.columns().stream().map(Column::name).toList(), read::add);
            return read;
        }
    }

    private static List<DataFile> filesOf(TestLake test) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                test.table(TestLake.ORDERS).newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return files;
    }

    private static Fields partitioned(long n, String region, UUID id, String at, String amount) {
        LocalDateTime local = LocalDateTime.parse(at);
        return new Fields(
                n,
                region,
                id,
                local.atOffset(java.time.ZoneOffset.UTC),
                local,
                local.toLocalDate(),
                local.toLocalTime(),
                new BigDecimal(amount),
                new byte[] {(byte) region.charAt(0), 1},
                new Fields((int) region.charAt(0)));
    }

    private static @Nullable Object[] fields(@Nullable Object struct) {
        Record record = (Record) java.util.Objects.requireNonNull(struct);
        @Nullable Object[] values = new @Nullable Object[record.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = record.get(i, Object.class);
        }
        return values;
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private static Map<String, @Nullable Object> mapOf(
            String key, Object value, String other, @Nullable Object missing) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(other, missing);
        return map;
    }
}
