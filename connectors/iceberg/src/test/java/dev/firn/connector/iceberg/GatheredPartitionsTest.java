package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.iceberg.ListedRows.Fields;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.PartitionTransform;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.schema.TableSpec;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.WriterSettings;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table whose `write.distribution-mode` is `hash` wants each partition in one place, and says which records share one. */
class GatheredPartitionsTest {

    private static final TableName EVENTS = new TableName("sales.events");

    private static final TableSchema COLUMNS = new TableSchema(List.of(
            Column.required("id", Primitive.LONG),
            Column.optional("note", Primitive.STRING),
            Column.optional("at", Primitive.TIMESTAMPTZ),
            Column.optional("who", Primitive.UUID),
            Column.optional("place", new ColumnType.Struct(List.of(Column.optional("country", Primitive.STRING))))));

    private static final List<String> NAMES =
            COLUMNS.columns().stream().map(Column::name).toList();

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

    @Test
    void recordsShareANumberWhereTheySharePartitions() throws Rejected {
        create("hash", "day(at)", "bucket(who, 4)", "truncate(note, 1)", "id");
        test.table(EVENTS)
                .updateSpec()
                .removeField("id")
                .addField(Expressions.ref("place.country"))
                .commit();
        ListedRows rows = new ListedRows(NAMES, rows());

        Map<PartitionKey, Integer> numbers = new HashMap<>();
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0))) {
            assertThat(writers.gathersPartitions(EVENTS)).isTrue();
            for (int i = 0; i < rows().size(); i++) {
                int number = writers.partition(
                        EVENTS, rows, ListedRows.SCHEMA_ID, rows.records().get(i));
                Integer before = numbers.putIfAbsent(partition(rows().get(i)), number);
                assertThat(before == null ? number : before).isEqualTo(number);
            }
        }

        assertThat(numbers).hasSize(20);
        assertThat(numbers.values()).as("numbers of different partitions").doesNotHaveDuplicates();
        assertThat(rows.decodersOpened).isOne();
    }

    @Test
    void followsATableWhosePartitionsChange() throws Rejected {
        create("hash", "day(at)");
        ListedRows rows = new ListedRows(
                NAMES, List.of(row(1, "a", "2026-01-01", null, null), row(2, "b", "2026-01-01", null, null)));
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0))) {
            assertThat(number(writers, rows, 0)).isEqualTo(number(writers, rows, 1));

            test.table(EVENTS).updateSpec().addField("note").commit();

            assertThat(number(writers, rows, 0)).isNotEqualTo(number(writers, rows, 1));
        }
    }

    @Test
    void onlyATableThatSaysSoAndHasPartitionsGathersThem() {
        assertThat(gathers("none", "day(at)")).isFalse();
        assertThat(gathers("range", "day(at)")).isFalse();
        assertThat(gathers("hash")).isFalse();
        assertThat(gathers("HASH", "day(at)")).isTrue();
    }

    private boolean gathers(String mode, String... partitioning) {
        create(mode, partitioning);
        try (TableWriters writers = lake.writers(new WriterSettings(1, 0, 0))) {
            return writers.gathersPartitions(EVENTS);
        } finally {
            test.drop(EVENTS);
        }
    }

    private void create(String mode, String... partitioning) {
        List<PartitionTransform> transforms = Stream.of(partitioning)
                .map(text -> PartitionTransform.parse(text).orElseThrow())
                .toList();
        lake.create(new TableSpec(EVENTS, COLUMNS, transforms, new TreeMap<>(Map.of("write.distribution-mode", mode))));
    }

    private static int number(TableWriters writers, ListedRows rows, int index) throws Rejected {
        return writers.partition(
                EVENTS, rows, ListedRows.SCHEMA_ID, rows.records().get(index));
    }

    private static List<Fields> rows() {
        List<Fields> rows = new ArrayList<>();
        for (int id = 0; id < 96; id++) {
            rows.add(row(
                    id,
                    id % 2 == 0 ? "ab" + id : null,
                    id % 4 < 2 ? "2026-01-01" : "2026-01-02",
                    id % 8 < 4 ? new UUID(0, id % 24 / 8) : null,
                    id % 24 < 8 ? "no" : "is"));
        }
        return rows;
    }

    private static Fields row(
            long id, @Nullable String note, String day, @Nullable UUID who, @Nullable String country) {
        return new Fields(id, note, OffsetDateTime.parse(day + "T10:00:00Z").plusSeconds(id), who, new Fields(country));
    }

    /** The partition as Iceberg has it, of the whole row. */
    private PartitionKey partition(Fields row) {
        Table table = test.table(EVENTS);
        GenericRecord record = GenericRecord.create(table.schema());
        for (int i = 0; i < NAMES.size(); i++) {
            record.set(i, row.values()[i]);
        }
        GenericRecord place =
                GenericRecord.create(table.schema().findType("place").asStructType());
        place.set(0, ((Fields) row.values()[4]).values()[0]);
        record.set(4, place);
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        key.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(record));
        return key;
    }
}
