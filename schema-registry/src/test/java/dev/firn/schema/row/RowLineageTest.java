package dev.firn.schema.row;

import static dev.firn.schema.testing.AvroBytes.encode;
import static dev.firn.schema.testing.AvroBytes.record;
import static dev.firn.schema.testing.AvroBytes.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.reference.Text;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.FakeRegistry;
import dev.firn.schema.testing.FakeSubject;
import dev.firn.schema.testing.Row;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecordBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Columns beside those of the value, in what evolution is told and in tables that are named as a writer names them. */
class RowLineageTest {

    private static final Schema FIRST = record("id 'long'", "Key_Region 'string'");
    private static final Schema SECOND = record("id 'long'", "note 'string', 'aliases': ['memo']");
    private static final Schema THIRD = record("id 'long'", "_offset 'string'");
    private static final Schema KEY = record("id 'int'", "region 'string'");
    private static final Column KEY_ID = Column.optional("key_id", Primitive.INT);
    private static final Column KEY_REGION = Column.optional("key_region", Primitive.STRING);
    private static final MetadataColumn OFFSET = new MetadataColumn("_offset", MetadataField.OFFSET);
    private static final MetadataColumn PARTITION = new MetadataColumn("_partition", MetadataField.PARTITION);

    private final FakeRegistry registry = new FakeRegistry();

    RowLineageTest() {
        new FakeSubject(registry, "orders-value")
                .version(6, "AVRO", FIRST.toString())
                .version(7, "AVRO", SECOND.toString())
                .version(8, "AVRO", THIRD.toString());
        new FakeSubject(registry, "orders-key").version(9, "AVRO", KEY.toString());
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void standBehindThoseOfEachVersion() throws Rejected {
        try (FormatReader reader = open(avroKey())) {
            SchemaLineage lineage =
                    reader.stream("orders").lineages(7, "orders").get(0);

            List<Column> columns = new ArrayList<>(table(SECOND).columns());
            columns.addAll(List.of(KEY_ID, KEY_REGION, OFFSET.column(), PARTITION.column()));
            assertThat(lineage.versions())
                    .as("but of those that have a field of that name, whatever its case")
                    .containsExactly(WriterSchema.of(
                            new TableSchema(columns),
                            lineage.schema().formerNames(),
                            lineage.schema().symbols()));
            assertThat(lineage.own()).isZero();
            assertThat(lineage.schema().formerNames()).isEqualTo(Map.of("note", List.of("memo")));
        }
    }

    @Test
    void aSingleValueOfAKeyIsOneOfThem() throws Rejected {
        try (FormatReader reader =
                open(Formats.key(options(), new KeyOptions(KeyType.LONG, "key_", "k"), shelf(), Map.of()))) {
            SchemaLineage lineage =
                    reader.stream("orders").lineages(7, "orders").get(0);

            assertThat(lineage.versions()).hasSize(2);
            assertThat(lineage.own()).as("behind the first").isEqualTo(1);
            assertThat(lineage.schema().columns().column("k")).contains(Column.optional("k", Primitive.LONG));
        }
    }

    @Test
    void areRefusedWhereTheValueHasAFieldOfThatName() {
        try (FormatReader reader = open(avroKey())) {
            Rejected rejected = Objects.requireNonNull(catchThrowableOfType(
                    Rejected.class, () -> reader.stream("orders").lineages(8, "orders")));

            assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE);
            assertThat(rejected.reason())
                    .isEqualTo("the values have a field `_offset`, and so is a column called that stands beside them");
        }
    }

    @Test
    void haveTheirPlacesInATableThatCallsThemOtherwise() throws Rejected {
        try (FormatReader reader = open(avroKey())) {
            FormatReader orders = reader.stream("orders");
            TableSchema table = new TableSchema(List.of(
                    Column.required("position", Primitive.LONG),
                    Column.optional("region", Primitive.STRING),
                    Column.required("id", Primitive.LONG),
                    Column.optional("_offset", Primitive.STRING),
                    Column.optional("text", Primitive.STRING)));
            WriterView view = WriterView.of(
                    table,
                    orders.lineages(7, "orders").get(0).schema(),
                    Map.of("_offset", "position", "key_region", "region", "id", "id", "note", "text"));

            assertThat(view.leftOut()).isEqualTo(Set.of("key_id", "_partition"));
            assertThat(((Row) orders.decoder(7, view, Row.FACTORY).decode(keyed())).values())
                    .containsExactly(42L, "EU", 5L, null, "x");
            assertThat(((Row) orders.projection(7, view, Row.FACTORY).decode(keyed())).values())
                    .containsExactly(42L, "EU", 5L, null, "x");
        }
    }

    @Test
    void areRefusedWhereTheyAreNeitherInTheTableNorLeftOut() throws Rejected {
        TableSchema table = new TableSchema(List.of(
                Column.required("id", Primitive.LONG),
                Column.optional("note", Primitive.STRING),
                PARTITION.column(),
                KEY_ID));
        try (FormatReader reader = open(avroKey())) {
            FormatReader orders = reader.stream("orders");

            assertThat(refused(() -> orders.decoder(7, new WriterView(table, Set.of("key_region")), Row.FACTORY)))
                    .isEqualTo("the table has no column for `_offset` (long)");
            assertThat(refused(() -> orders.decoder(7, new WriterView(table, Set.of("_offset")), Row.FACTORY)
                            .decode(keyed())))
                    .isEqualTo("in the key, the table has no column for `region` (string)");
            assertThat(((Row) orders.decoder(7, new WriterView(table, Set.of("_offset", "key_region")), Row.FACTORY)
                                    .decode(keyed()))
                            .values())
                    .containsExactly(5L, "x", 0, 3);
        }
    }

    /** Nobody has decided about it. */
    @Test
    void aFieldOfTheNameOfOneThatIsLeftOutIsRefused() {
        TableSchema table =
                new TableSchema(List.of(Column.required("id", Primitive.LONG), PARTITION.column(), KEY_ID, KEY_REGION));
        try (FormatReader reader = open(avroKey())) {
            FormatReader orders = reader.stream("orders");

            assertThat(refused(() -> orders.decoder(8, new WriterView(table, Set.of("_offset")), Row.FACTORY)))
                    .isEqualTo("the table has no column for `_offset` (string)");
        }
    }

    @Test
    void aSingleValueOfAKeyCanBeLeftOut() throws Rejected {
        try (FormatReader reader =
                open(Formats.key(options(), new KeyOptions(KeyType.LONG, "key_", "k"), shelf(), Map.of()))) {
            Set<String> leftOut = Set.of("_offset", "_partition", "note");
            TableSchema table = new TableSchema(List.of(Column.required("id", Primitive.LONG)));
            FormatReader orders = reader.stream("orders");

            assertThat(refused(() -> orders.decoder(7, new WriterView(table, leftOut), Row.FACTORY)))
                    .isEqualTo("the table has no column for `k` (long)");
            Set<String> all = Set.of("_offset", "_partition", "note", "k");
            assertThat(orders.decoder(7, new WriterView(table, all), Row.FACTORY)
                            .decode(keyed()))
                    .isEqualTo(Row.of("id", 5L));
        }
    }

    private static String refused(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(Rejected.class, call))
                .reason();
    }

    private KeyFormat avroKey() {
        return Formats.key(
                options(), new KeyOptions(KeyType.AVRO, "key_", "key"), shelf(), Map.of("orders", KEY.toString()));
    }

    private FormatReader open(KeyFormat key) {
        return RowFormat.of(Formats.of(options(), shelf(), Map.of()), Optional.of(key), List.of(OFFSET, PARTITION))
                .open(raw -> registry.url());
    }

    private static FormatOptions options() {
        return FormatOptions.avro(RegistryOptions.at(new Text("${env:REGISTRY}")));
    }

    private ShelfName shelf() {
        return new ShelfName("rows", 1, registry.url());
    }

    private static RawRecord keyed() {
        byte[] key = encode(
                KEY,
                new GenericRecordBuilder(KEY).set("id", 3).set("region", "EU").build());
        key[4] = 9;
        byte[] value = encode(
                SECOND,
                new GenericRecordBuilder(SECOND).set("id", 5L).set("note", "x").build());
        return new RawRecord(new Split("kafka", "orders", 0, "t"), 42, 0, key, value, List.of());
    }
}
