package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.iceberg.ListedRows.Fields;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.PartitionTransform.Kind;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every transform on every type: Iceberg says which there are, and where each row belongs. */
class PartitionTransformsTest {

    private static final TableName TABLE = new TableName("sales.partitioned");

    @TempDir
    Path folder;

    private TestLake test;
    private Lake lake;

    @BeforeEach
    void open() {
        test = new TestLake(CatalogKind.HADOOP, folder);
        lake = test.open();
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** A type with values at its edges; every type is tried with null, too. */
    private record Values(ColumnType type, Object... values) {}

    private static final List<Values> TYPES = List.of(
            new Values(Primitive.BOOLEAN, true, false),
            new Values(Primitive.INT, 0, 7, -7, Integer.MAX_VALUE, Integer.MIN_VALUE),
            new Values(Primitive.LONG, 0L, 7L, -7L, Long.MAX_VALUE, Long.MIN_VALUE),
            new Values(Primitive.FLOAT, 0f, -1.5f, Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY),
            new Values(Primitive.DOUBLE, 0d, -1.5d, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY),
            new Values(Primitive.STRING, "", "a", "a/b=c ?#%", "..", "éß漢字", "😀😀😀😀", "null"),
            new Values(Primitive.BINARY, bytes(), bytes(0), bytes(-1, -1, -1, -1, -1), bytes(47, 46, 46)),
            new Values(
                    Primitive.DATE,
                    LocalDate.EPOCH,
                    LocalDate.of(1969, 12, 31),
                    LocalDate.of(1, 1, 1),
                    LocalDate.of(9999, 12, 31)),
            new Values(Primitive.TIME, LocalTime.MIN, LocalTime.of(12, 0), LocalTime.of(23, 59, 59, 999_999_000)),
            new Values(
                    Primitive.TIMESTAMP,
                    LocalDateTime.of(1970, 1, 1, 0, 0),
                    LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                    LocalDateTime.of(1, 1, 1, 0, 0),
                    LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000)),
            new Values(
                    Primitive.TIMESTAMPTZ,
                    OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                    OffsetDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000, ZoneOffset.UTC),
                    OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                    OffsetDateTime.of(9999, 12, 31, 23, 59, 59, 0, ZoneOffset.UTC)),
            new Values(Primitive.UUID, new UUID(0, 0), new UUID(-1, -1), new UUID(Long.MIN_VALUE, 1)),
            new Values(
                    new ColumnType.Decimal(9, 2),
                    new BigDecimal("0.00"),
                    new BigDecimal("-0.05"),
                    new BigDecimal("9999999.99"),
                    new BigDecimal("-9999999.99")),
            new Values(
                    new ColumnType.Decimal(38, 0),
                    BigDecimal.ONE,
                    new BigDecimal(
                            BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate())),
            new Values(new ColumnType.Fixed(3), new byte[] {0, 0, 0}, new byte[] {-1, 0, 127}),
            new Values(new ColumnType.Struct(List.of(Column.optional("a", Primitive.INT)))),
            new Values(new ColumnType.ListOf(Primitive.INT, Nullability.OPTIONAL)),
            new Values(new ColumnType.MapOf(Primitive.INT, Nullability.OPTIONAL)));

    private static ByteBuffer bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteBuffer.wrap(bytes);
    }

    private static PartitionTransform transform(Kind kind) {
        return new PartitionTransform(kind, "v", kind.hasParameter() ? 3 : 0);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTransformTakesTheTypesThatIcebergTakesAndNoOthers(Kind kind) {
        for (Values type : TYPES) {
            TableSchema schema = schema(type.type());
            boolean taken;
            try {
                IcebergPartitions.spec(
                        TestLake.spec(TABLE, schema, transform(kind).toString()), IcebergTypes.schema(schema));
                taken = true;
            } catch (RuntimeException refused) {
                taken = false;
            }
            assertThat(kind.takes(type.type())).as(kind + " of " + type.type()).isEqualTo(taken);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void rowsLandInThePartitionThatIcebergSays(Kind kind) throws IOException {
        int tried = 0;
        for (Values type : TYPES) {
            if (kind.takes(type.type())) {
                TableName table = new TableName("sales.t" + tried++);
                lake.create(TestLake.spec(
                        table, schema(type.type()), transform(kind).toString()));
                assertPlaced(table, type);
            }
        }
        assertThat(tried).isPositive();
    }

    @Test
    void aPartitionFieldThatIsVoidKeepsNothing() throws IOException {
        Values numbers = new Values(Primitive.LONG, 1L, 2L, Long.MIN_VALUE);
        lake.create(TestLake.spec(TABLE, schema(numbers.type()), "v"));
        // As removing a field does in tables of format 1.
        Table table = test.table(TABLE);
        table.updateSpec().removeField("v").commit();
        table.updateSpec()
                .addField("gone", Expressions.transform("v", Transforms.alwaysNull()))
                .commit();

        assertPlaced(TABLE, numbers);

        assertThat(test.table(TABLE).spec().fields())
                .extracting(field -> field.transform().toString())
                .contains("void");
        assertThat(lake.table(TABLE))
                .hasValueSatisfying(found -> assertThat(found.partitioning()).isEmpty());
    }

    private static TableSchema schema(ColumnType type) {
        return new TableSchema(List.of(Column.required("n", Primitive.INT), Column.optional("v", type)));
    }

    private void assertPlaced(TableName name, Values values) throws IOException {
        List<Fields> rows = new ArrayList<>();
        for (Object value : values.values()) {
            rows.add(new Fields(rows.size(), value));
            rows.add(new Fields(rows.size(), value));
        }
        rows.add(new Fields(rows.size(), null));
        List<StagedFiles> staged = TestLake.stage(lake, 1, name, new ListedRows(rows));
        lake.commit(name, List.of(new StagedEpoch(1, 1, staged)));

        Table table = test.table(name);
        Set<Integer> seen = new TreeSet<>();
        Set<List<@Nullable Object>> partitions = new HashSet<>();
        try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
            for (FileScanTask file : files) {
                partitions.add(partition(file));
                for (Record row : rows(table, file)) {
                    seen.add((Integer) row.getField("n"));
                    assertPlaced(table, file, row);
                }
            }
        }
        assertThat(seen).as(name + " " + values.type()).hasSize(rows.size());
        assertThat(staged).singleElement().satisfies(all -> assertThat(all.files())
                .as("one file a partition: " + values.type())
                .isEqualTo(partitions.size()));
    }

    private static List<@Nullable Object> partition(FileScanTask file) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < file.file().partition().size(); i++) {
            values.add(plain(file.file().partition().get(i, Object.class)));
        }
        return values;
    }

    private static void assertPlaced(Table table, FileScanTask file, Record row) {
        InternalRecordWrapper internal =
                new InternalRecordWrapper(table.schema().asStruct()).wrap(row);
        for (int i = 0; i < table.spec().fields().size(); i++) {
            PartitionField field = table.spec().fields().get(i);
            Object expected = said(table.schema(), field, internal);
            Object actual = file.file().partition().get(i, Object.class);
            assertThat(plain(actual)).as(field + " of " + row).isEqualTo(plain(expected));
        }
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object said(Schema schema, PartitionField field, InternalRecordWrapper row) {
        Object value = row.get(1, Object.class);
        if (value instanceof byte[] bytes && schema.findType("v").typeId() == Type.TypeID.UUID) {
            // As which Iceberg's generic reader gives it.
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            value = new UUID(buffer.getLong(), buffer.getLong());
        }
        return ((Transform<Object, Object>) field.transform())
                .bind(schema.findType(field.sourceId()))
                .apply(value);
    }

    private static List<Record> rows(Table table, FileScanTask file) throws IOException {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = Parquet.read(
                        table.io().newInputFile(file.file().path().toString()))
                .project(table.schema())
                .createReaderFunc(schema -> GenericParquetReaders.buildReader(table.schema(), schema))
                .build()) {
            records.forEach(rows::add);
        }
        return rows;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        return value instanceof CharSequence ? value.toString() : value;
    }
}
