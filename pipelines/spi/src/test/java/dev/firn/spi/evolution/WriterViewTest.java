package dev.firn.spi.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WriterViewTest {

    @Test
    void aColumnThatWasRenamedHasTheNameOfOldAndItsNewOwnerHasNone() {
        WriterView view = WriterView.of(
                table(text("id"), text("b"), text("a")), written(text("id"), text("a")), Map.of("id", "id", "a", "b"));

        assertThat(view.columns()).isEqualTo(table(text("id"), text("a"), text(WriterView.lacking("a"))));
        assertThat(view.leftOut()).isEmpty();
        assertThat(WriterView.nameOf(WriterView.lacking("a"))).isEqualTo("a");
        assertThat(WriterView.nameOf("a")).isEqualTo("a");
    }

    @Test
    void namesWhatIsInsideToo() {
        TableSchema table = table(
                list("items", struct("item", text("cost"), text("new"))),
                map("byKey", struct("value", text("y"))),
                list("added", struct("x", text("inside"))));
        WriterSchema writer =
                written(list("lines", struct("item", text("price"))), map("byKey", struct("value", text("x"))));

        WriterView view = WriterView.of(
                table,
                writer,
                Map.of(
                        "lines", "items",
                        "lines[]", "items[]",
                        "lines[].price", "items[].cost",
                        "byKey", "byKey",
                        "byKey{}.x", "byKey{}.y"));

        assertThat(view.columns())
                .isEqualTo(table(
                        list("lines", struct("item", text("price"), text(WriterView.lacking("new")))),
                        map("byKey", struct("value", text("x"))),
                        list(WriterView.lacking("added"), struct("x", text(WriterView.lacking("inside"))))));
    }

    @Test
    void whatGoesNowhereIsLeftOutWithAllThatIsInIt() {
        WriterSchema writer =
                written(text("id"), list("lines", struct("item", text("price"), text("note"))), struct("s", text("x")));

        WriterView view = WriterView.of(
                table(text("id"), list("lines", struct("item", text("price")))),
                writer,
                Map.of("id", "id", "lines", "lines", "lines[].price", "lines[].price"));

        assertThat(view.leftOut()).containsExactlyInAnyOrder("lines[].note", "s", "s.x");
    }

    @Test
    void aNameMayHaveDots() {
        Column dotted = new Column("in.voice", struct("s", text("n.o")).type(), Nullability.OPTIONAL);
        Column plain = new Column("invoice", struct("s", text("no")).type(), Nullability.OPTIONAL);

        assertThat(WriterView.of(
                                table(plain),
                                written(dotted),
                                Map.of("in.voice", "invoice", "in.voice.n.o", "invoice.no"))
                        .columns())
                .isEqualTo(table(dotted));
    }

    @Test
    void whatNobodyCanHaveDecidedIsABug() {
        assertThatThrownBy(() ->
                        WriterView.of(table(text("c")), written(text("a"), text("b")), Map.of("a", "c", "b", "c")))
                .hasMessage("our bug: two fields go to the column `c`");
        assertThatThrownBy(() -> WriterView.of(
                        table(struct("t", text("x"))),
                        written(struct("s", text("x")), text("x")),
                        Map.of("s", "t", "x", "t.x")))
                .hasMessage("our bug: `x` goes to `t.x`, which is in another record");
    }

    private static TableSchema table(Column... columns) {
        return new TableSchema(List.of(columns));
    }

    private static WriterSchema written(Column... columns) {
        return WriterSchema.of(table(columns), new TreeMap<>(), new TreeMap<>());
    }

    private static Column text(String name) {
        return Column.optional(name, Primitive.STRING);
    }

    private static Column struct(String name, Column... columns) {
        return Column.optional(name, new ColumnType.Struct(List.of(columns)));
    }

    private static Column list(String name, Column element) {
        return Column.optional(name, new ColumnType.ListOf(element.type(), element.nullability()));
    }

    private static Column map(String name, Column value) {
        return Column.optional(name, new ColumnType.MapOf(value.type(), value.nullability()));
    }
}
