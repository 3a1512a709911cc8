package dev.firn.connector.cdc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.reference.Text;
import dev.firn.schema.AvroEncoding;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.FormatType;
import dev.firn.schema.Formats;
import dev.firn.schema.RegistryOptions;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.AvroSchemas;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.schema.json.UnknownFields;
import dev.firn.schema.raw.RawFormat;
import dev.firn.schema.registry.ShelfName;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of rows and changes is what `format: debezium-avro` reads. */
class RecordsAreReadTest {

    private static final Change.Origin ORIGIN = Change.Origin.snapshot(Lsn.NONE);
    private static final String UNAVAILABLE = "__debezium_unavailable_value";

    private final TableShape shape = TableShape.of(new SourceTable(
            1,
            "shop",
            "orders",
            SourceTable.ReplicaIdentity.DEFAULT,
            List.of(column("id", 1, "date"), column("note", 2, "text"), column("amount", 3, "numeric")),
            List.of("id")));

    private @Nullable SchemaMemory memory;
    private @Nullable FormatReader opened;

    private static SourceColumn column(String name, int number, String type) {
        PostgresType known = new PostgresType(number, PostgresType.Kind.BASE, type, null, -1, ',');
        return new SourceColumn(
                name, number, known, type.equals("numeric") ? (10 << 16 | 2) + 4 : -1, type, true, false, 'x');
    }

    @BeforeEach
    void opens() {
        RecordFormat format = Formats.of(options(), new ShelfName("rows", System.nanoTime(), "postgres"), Map.of());
        memory = format.memoryAlone();
        memory.learn(shape.valueSchema().id(), shape.valueSchema().definition());
        opened = format.open(raw -> raw);
    }

    @AfterEach
    void closes() {
        reader().close();
        if (memory != null) {
            memory.close();
        }
    }

    private FormatReader reader() {
        if (opened == null) {
            throw new AssertionError("not open");
        }
        return opened;
    }

    /** No registry is asked, as none has these schemas. */
    private static FormatOptions options() {
        return new FormatOptions(
                FormatType.DEBEZIUM_AVRO,
                Optional.of(RegistryOptions.at(new Text("http://127.0.0.1:1"))),
                AvroEncoding.BINARY,
                Optional.empty(),
                UnknownFields.IGNORE,
                Nanoseconds.REFUSE,
                Optional.empty(),
                "value",
                RawFormat.Type.BINARY);
    }

    private TableSchema table() throws Exception {
        return AvroColumns.ofChanges(AvroSchemas.parse(shape.valueSchema().definition()), AvroRules.STRICT)
                .table()
                .orElseThrow();
    }

    private static RawRecord record(Change change) {
        return new RawRecord(new Split("crm", "shop.orders", 0, "1"), 1, 0, change.key(), change.value(), List.of());
    }

    private static Tuple row(@Nullable String... texts) {
        return new Tuple(Arrays.stream(texts)
                .map(text -> text == null
                        ? null
                        : text.equals("(not sent)") ? Tuple.unsent() : text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    private List<@Nullable Object> decoded(Change change, TableSchema table, Set<String> leftOut) throws Exception {
        RawRecord record = record(change);
        Object[] values = (Object[])
                reader().decoder(reader().schemaId(record), new WriterView(table, leftOut), struct -> row -> row)
                        .decode(record);
        return new ArrayList<>(Arrays.asList(values));
    }

    private void assertRejected(ThrowingCallable reading, String reason) {
        Rejected rejected = catchThrowableOfType(Rejected.class, reading);
        assertThat(rejected).isNotNull();
        assertThat(rejected.code().word() + ": " + rejected.getMessage()).isEqualTo(reason);
    }

    @Test
    void rowsAreReadWhateverWasDoneToThem() throws Exception {
        RowEncoder encoder = shape.encoder();
        for (Change change : List.of(
                encoder.snapshot(row("2024-01-02", UNAVAILABLE, "1.5"), ORIGIN),
                encoder.insert(row("2024-01-02", UNAVAILABLE, "1.5"), ORIGIN),
                encoder.update(Optional.empty(), row("2024-01-02", UNAVAILABLE, "1.5"), ORIGIN)
                        .get(0))) {
            assertThat(reader().isDelete(record(change))).isFalse();
            assertThat(decoded(change, table(), Set.of()).toString())
                    .isEqualTo("[2024-01-02, " + UNAVAILABLE + ", 1.50]");
        }
        assertThat(reader().isDelete(record(encoder.delete(row("2024-01-02", null, null), ORIGIN))))
                .isTrue();
        assertRejected(
                () -> reader().isDelete(record(encoder.truncate(ORIGIN))),
                "table-truncated: the source table was truncated, which deletes all of its rows, and this one's stay");
    }

    @Test
    void aValueThatIsNotThereIsMissedWhereSomebodyWantsIt() throws Exception {
        Change unsent = shape.encoder()
                .update(Optional.empty(), row("2024-01-02", "(not sent)", null), ORIGIN)
                .get(0);
        Change unfit = shape.encoder().insert(row("2024-01-02", null, "NaN"), ORIGIN);
        TableSchema ids = new TableSchema(List.of(table().column("id").orElseThrow()));
        TableSchema amounts = new TableSchema(List.of(table().column("amount").orElseThrow()));
        int id = shape.valueSchema().id();

        assertRejected(
                () -> decoded(unsent, table(), Set.of()),
                "value-not-sent: `note` has not changed and was not sent, and what it is nobody knows here");
        assertRejected(
                () -> decoded(unfit, table(), Set.of()), "invalid-value: `amount` is `NaN`, which is no decimal");
        assertRejected(
                () -> reader().projection(id, amounts, struct -> row -> row).decode(record(unfit)),
                "invalid-value: `amount` is `NaN`, which is no decimal");
        assertRejected(
                () -> reader().column(id, "amount").read(record(unfit)),
                "invalid-value: `amount` is `NaN`, which is no decimal");
        assertThat(reader().column(id, "amount").read(record(unsent))).isNull();
        assertThat(decoded(unfit, ids, Set.of("note", "amount")).toString()).isEqualTo("[2024-01-02]");
        assertThat(decoded(unsent, ids, Set.of("note", "amount")).toString()).isEqualTo("[2024-01-02]");
    }

    @Test
    void aDeleteOfAKeyThatDoesNotFitDeletesNoOther() {
        Change delete = shape.encoder().delete(row("infinity", null, null), ORIGIN);
        assertRejected(
                () -> reader().isDelete(record(delete)),
                "invalid-value: `id` is `infinity`, which is no date of a column");
        Change insert = shape.encoder().insert(row("-infinity", null, null), ORIGIN);
        assertRejected(
                () -> decoded(insert, table(), Set.of()),
                "invalid-value: `id` is `-infinity`, which is no date of a column");
    }
}
