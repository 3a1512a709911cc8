package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** A decoder that binds by name sees a table whose columns are named as the writer of its records has named them. */
class TableViewTest {

    /** {@code b} was {@code a} once, at every depth, and another {@code a} came. */
    private static final Schema TABLE = new Schema(
            Types.NestedField.required(1, "n", Types.LongType.get()),
            Types.NestedField.optional(2, "b", Types.StringType.get()),
            Types.NestedField.optional(3, "a", Types.StringType.get()),
            Types.NestedField.optional(
                    4,
                    "lines",
                    Types.ListType.ofRequired(
                            5,
                            Types.StructType.of(
                                    Types.NestedField.optional(6, "b", Types.LongType.get()),
                                    Types.NestedField.optional(7, "a", Types.LongType.get())))),
            Types.NestedField.optional(
                    8,
                    "by_name",
                    Types.MapType.ofOptional(
                            9,
                            10,
                            Types.StringType.get(),
                            Types.StructType.of(
                                    Types.NestedField.optional(11, "b", Types.LongType.get()),
                                    Types.NestedField.optional(12, "other", Types.LongType.get())))));

    private static final ColumnType.Struct OLD = new ColumnType.Struct(List.of(Column.optional("a", Primitive.LONG)));

    private static final WriterSchema FIRST = WrittenRows.schema(
            1,
            Column.required("n", Primitive.LONG),
            Column.optional("a", Primitive.STRING),
            Column.optional("lines", new ColumnType.ListOf(OLD, Nullability.REQUIRED)),
            Column.optional("by_name", new ColumnType.MapOf(OLD, Nullability.OPTIONAL)));

    private static final Map<String, Integer> BINDING = Map.of(
            "n", 1, "a", 2, "lines", 4, "lines[]", 5, "lines[].a", 6, "by_name", 8, "by_name{}", 10, "by_name{}.a", 11);

    @Test
    void columnsHaveTheNamesThatTheWriterHasForThemAtEveryDepth() {
        TableView view = view(FIRST, BINDING).orElseThrow();

        assertThat(view.view().columns().asStruct())
                .hasToString("struct<n: long, a: string, \0a: string, lines: list<struct<a: long, \0a: long>>,"
                        + " by_name: map<string, struct<a: long, \0other: long>>>");
        assertThat(view.view().leftOut()).isEmpty();
    }

    @Test
    void aFieldThatIsLeftOutFindsNoColumnOfItsName() {
        TableView view = view(FIRST, Map.of("n", 1, "lines", 4, "lines[]", 5)).orElseThrow();

        assertThat(view.view().columns().asStruct())
                .hasToString("struct<n: long, \0b: string, \0a: string, lines: list<struct<\0b: long, \0a: long>>,"
                        + " \0by_name: map<string, struct<\0b: long, \0other: long>>>");
        assertThat(view.view().leftOut()).containsExactlyInAnyOrder("a", "lines[].a", "by_name", "by_name{}.a");
    }

    @Test
    void rowsOfStructsThatAreAlikeInTheViewHaveTheirTablesPlaces() {
        TableView view = view(FIRST, BINDING).orElseThrow();
        ColumnType.ListOf lines =
                (ColumnType.ListOf) view.view().columns().columns().get(3).type();

        IcebergRow line = (IcebergRow)
                view.rows().maker((ColumnType.Struct) lines.element()).struct(new Object[] {41L, null});

        assertThat(line.struct().fields())
                .extracting(Types.NestedField::fieldId)
                .containsExactly(6, 7);
        assertThat(line.getField("b")).isEqualTo(41L);
    }

    @Test
    void aBindingWhoseColumnIsGoneFitsNoMore() {
        assertThat(view(FIRST, with("a", 99))).isEmpty();
        assertThat(view(FIRST, with("lines[].a", 99))).isEmpty();
    }

    @Test
    void aValueOfOneTypeMayGoToAColumnOfSeveral() {
        Schema table = new Schema(Types.NestedField.optional(
                1,
                "amount",
                Types.StructType.of(
                        Types.NestedField.optional(2, "string", Types.StringType.get()),
                        Types.NestedField.optional(3, "long", Types.LongType.get()))));
        WriterSchema single = WrittenRows.schema(1, Column.required("amount", Primitive.LONG));
        WriterSchema list = WrittenRows.schema(
                1, Column.required("amount", new ColumnType.ListOf(Primitive.LONG, Nullability.REQUIRED)));
        SchemaBinding binding = new SchemaBinding(new TreeMap<>(Map.of("amount", 1)));

        assertThat(AcceptedBinding.of(single, Map.of("amount", "amount"), table))
                .isEqualTo(binding);
        assertThat(AcceptedBinding.of(list, Map.of("amount", "amount"), table)).isEqualTo(binding);
        BoundFields fields = BoundFields.of(single, binding, table).orElseThrow();
        assertThat(TableView.of(TestLake.ORDERS, table, FileFormat.PARQUET, single, fields)
                        .view()
                        .columns()
                        .asStruct())
                .as("which of the columns takes it is not the names' affair")
                .hasToString("struct<amount: struct<string: string, long: long>>");
    }

    @Test
    void aBindingToAnotherPlaceOrShapeFitsNot() {
        assertThat(view(FIRST, with("lines[].a", 2))).as("outside of the list").isEmpty();
        assertThat(view(FIRST, with("lines[]", 4))).as("not its elements").isEmpty();
        assertThat(view(FIRST, with("lines", 2))).as("no list").isEmpty();
        assertThat(view(FIRST, with("a", 1))).as("two fields in one column").isEmpty();
        assertThat(view(FIRST, with("a", 4))).as("a list for a string").isEmpty();
    }

    private static Map<String, Integer> with(String path, int id) {
        Map<String, Integer> changed = new TreeMap<>(BINDING);
        changed.put(path, id);
        return changed;
    }

    private static Optional<TableView> view(WriterSchema writer, Map<String, Integer> binding) {
        return BoundFields.of(writer, new SchemaBinding(new TreeMap<>(binding)), TABLE)
                .map(fields -> TableView.of(TestLake.ORDERS, TABLE, FileFormat.PARQUET, writer, fields));
    }
}
