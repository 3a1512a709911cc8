package dev.firn.quality.validation;

import static dev.firn.quality.validation.Versions.LISTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firn.definition.table.Otherwise;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComputedColumnsTest {

    private static final Column ID = Column.required("id", Primitive.LONG);
    private static final Column AMOUNT = Column.optional("amount", Primitive.INT);
    private static final Column STATUS = Column.required("status", Primitive.STRING);
    private static final Column ZIP = Column.optional("zip", Primitive.STRING);
    private static final Column CITY = Column.optional("city", Primitive.STRING);

    private static Column[] version(Column... columns) {
        return columns;
    }

    /** @param set columns and their expressions, one behind the other */
    private static RowShape shape(List<String> set, List<String> drop, Column... planned) {
        List<RowShape.Computed> computed = new java.util.ArrayList<>();
        for (int place = 0; place < set.size(); place += 2) {
            computed.add(new RowShape.Computed(set.get(place), set.get(place + 1)));
        }
        return new RowShape(computed, drop, List.of(), new TableSchema(List.of(planned)));
    }

    private static FormatReader reader(Versions versions, @Nullable String where, RowShape shape, RowRule... expect) {
        TableSchema table = ShapedColumns.planned(shape, shape.columns()).schema();
        return RuledReader.of(versions, "orders", new RowRules(where, List.of(expect), table, shape));
    }

    private static List<Column> columns(FormatReader reader, int version) throws Rejected {
        return reader.written(version).orElseThrow().columns().columns();
    }

    private static WriterView view(FormatReader reader, int version, Column... table) throws Rejected {
        WriterSchema written = reader.written(version).orElseThrow();
        Map<String, String> columns = new HashMap<>();
        written.fields().forEach(path -> columns.put(path, path));
        return WriterView.of(table.length == 0 ? written.columns() : new TableSchema(List.of(table)), written, columns);
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static Rejected rejected(FormatReader reader, int version, WriterView view) {
        return catchThrowableOfType(Rejected.class, () -> reader.decoder(version, view, LISTS));
    }

    @Test
    void columnsAreReplacedInTheirPlacesAndAddedBehindAllOthers() throws Rejected {
        Versions versions = new Versions(version(ID, STATUS, AMOUNT));
        FormatReader reader = reader(
                versions,
                null,
                shape(List.of("cents", "amount * 100", "status", "upper(status)"), List.of(), ID, STATUS, AMOUNT));

        assertThat(columns(reader, 0))
                .containsExactly(
                        ID,
                        Column.optional("status", Primitive.STRING),
                        AMOUNT,
                        Column.optional("cents", Primitive.INT));
        assertThat(reader.decoder(0, view(reader, 0), LISTS).decode(versions.record(1L, "new", 5)))
                .isEqualTo(row(1L, "NEW", 5, 500));
        assertThat(versions.asked).as("a new column is nobody's past").isZero();
    }

    @Test
    void everyExpressionReadsTheRecordAsItCame() throws Rejected {
        Versions versions = new Versions(version(ID, STATUS, AMOUNT));
        FormatReader reader = reader(
                versions,
                "amount > 1",
                shape(List.of("amount", "amount + 1", "before", "amount"), List.of("status"), ID, STATUS, AMOUNT),
                new RowRule("small", "amount < 10 and before < 9", Otherwise.DROP));
        WriterView view = view(reader, 0);

        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(1L, "new", 5)))
                .isEqualTo(row(1L, 6, 5));
        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(1L, "new", 1)))
                .isEqualTo(LeftOut.FILTERED);
        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(1L, "new", 9)))
                .isEqualTo(LeftOut.by("small"));
    }

    @Test
    void whatHasNoAnswerIsTheRecordsFault() throws Rejected {
        Versions versions = new Versions(version(ID, AMOUNT));
        FormatReader reader = reader(versions, null, shape(List.of("share", "100 / amount"), List.of(), ID, AMOUNT));
        WriterView view = view(reader, 0);

        assertThat(catchThrowableOfType(
                        Rejected.class, () -> reader.decoder(0, view, LISTS).decode(versions.record(1L, 0))))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.EXPRESSION_FAILED))
                .hasMessage("`share` can't be computed: division by zero");
        assertThat(reader.decoder(0, view, LISTS).decode(versions.record(1L, null)))
                .isEqualTo(row(1L, null, null));
    }

    @Test
    void aTableMayHaveWiderColumnsThanTheRecords() throws Rejected {
        Column wide = Column.optional("amount", Primitive.LONG);
        Versions versions = new Versions(version(ID, AMOUNT), version(ID, wide));
        FormatReader reader = reader(versions, null, shape(List.of("twice", "amount * 2"), List.of(), ID, wide));

        assertThat(columns(reader, 0)).containsExactly(ID, AMOUNT, Column.optional("twice", Primitive.INT));
        assertThat(columns(reader, 1)).containsExactly(ID, wide, Column.optional("twice", Primitive.LONG));
        assertThat(reader.decoder(0, view(reader, 0, ID, wide, Column.optional("twice", Primitive.LONG)), LISTS)
                        .decode(versions.record(1L, 5)))
                .isEqualTo(row(1L, 5L, 10L));
        assertThat(reader.decoder(0, view(reader, 0, ID, wide, Column.optional("twice", Primitive.INT)), LISTS)
                        .decode(versions.record(1L, 5)))
                .as("expressions see what the producer wrote")
                .isEqualTo(row(1L, 5L, 10));
        assertThat(rejected(reader, 1, view(reader, 1, ID, wide, Column.optional("twice", Primitive.INT))))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_NOT_IN_TABLE))
                .hasMessage("`twice` can't be computed: it is `long`, and the table's column is `int`");
    }

    @Test
    void aVersionThatHasLostWhatIsReadIsRefusedAndAnOlderOneIsNot() throws Rejected {
        Versions versions = new Versions(version(ID), version(ID, AMOUNT), version(ID, STATUS));
        FormatReader reader =
                reader(versions, null, shape(List.of("twice", "coalesce(amount, 1) * 2"), List.of(), ID, AMOUNT));

        assertThat(reader.decoder(0, view(reader, 0), LISTS).decode(versions.record(1L)))
                .isEqualTo(row(1L, 2));
        assertThat(rejected(reader, 2, view(reader, 2)))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.EXPRESSION_FAILED))
                .hasMessage(
                        "`twice` can't be computed: the record's schema does not have `amount`, and is no older than"
                                + " it; change the expression, then put its records back with `firn replay`");
    }

    @Test
    void whatAProducerRenamesIsStillRead() throws Rejected {
        Column sum = Column.optional("sum", Primitive.INT);
        Versions versions = new Versions(version(ID, AMOUNT)).add(Map.of("sum", "amount"), ID, sum);

        for (Column planned : List.of(AMOUNT, sum)) {
            String name = planned.name();
            FormatReader reader = reader(versions, null, shape(List.of(name, name + " * 2"), List.of(), ID, planned));
            for (int version : List.of(0, 1)) {
                assertThat(columns(reader, version)).containsExactly(ID, planned);
                assertThat(reader.decoder(version, view(reader, version), LISTS).decode(versions.record(1L, 5)))
                        .isEqualTo(row(1L, 10));
            }
        }
    }

    @Test
    void fieldsOfAStructThatIsDroppedCanBeSet() throws Rejected {
        Column old = Column.optional("address", new ColumnType.Struct(List.of(CITY)));
        Column address = Column.optional("address", new ColumnType.Struct(List.of(CITY, ZIP)));
        Versions versions = new Versions(version(ID, old), version(ID, address), version(ID, old));
        FormatReader reader = reader(
                versions,
                null,
                shape(
                        List.of("town", "address.city", "code", "coalesce(address.zip, '-')"),
                        List.of("address"),
                        ID,
                        address));

        assertThat(columns(reader, 1))
                .containsExactly(
                        ID, Column.optional("town", Primitive.STRING), Column.optional("code", Primitive.STRING));
        assertThat(reader.decoder(1, view(reader, 1), LISTS).decode(versions.record(1L, row("Rome", "00100"))))
                .isEqualTo(row(1L, "Rome", "00100"));
        assertThat(reader.decoder(0, view(reader, 0), LISTS).decode(versions.record(1L, row("Rome", null))))
                .isEqualTo(row(1L, "Rome", "-"));
        assertThat(rejected(reader, 2, view(reader, 2)))
                .hasMessageContaining("the record's schema does not have `address.zip`");
    }

    @Test
    void aVersionOfAnotherTypeIsRefusedAndTheOthersAreNot() throws Rejected {
        Versions versions = new Versions(
                version(ID, AMOUNT),
                version(ID, Column.optional("amount", new ColumnType.ListOf(Primitive.INT, ID.nullability()))));
        FormatReader reader = reader(versions, null, shape(List.of("twice", "amount * 2"), List.of(), ID, AMOUNT));

        assertThat(catchThrowableOfType(Rejected.class, () -> reader.written(1)))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(RejectCode.EXPRESSION_FAILED))
                .hasMessageStartingWith("`twice` can't be computed: ");
        assertThat(reader.lineages(0, "orders").get(0).versions())
                .containsExactly(reader.written(0).orElseThrow());
    }

    @Test
    void aPartitionMayBeOfWhatIsComputed() throws Rejected {
        Versions versions = new Versions(version(ID, STATUS, AMOUNT));
        FormatReader reader = reader(
                versions,
                "amount > 1",
                shape(List.of("state", "upper(status)"), List.of("status"), ID, STATUS, AMOUNT));

        assertThat(reader.projection(0, view(reader, 0, Column.optional("state", Primitive.STRING)), LISTS)
                        .decode(versions.record(1L, "new", 0)))
                .isEqualTo(row("NEW"));
    }
}
