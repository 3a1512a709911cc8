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
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaggedRowsTest {

    private static final Column ID = Column.required("id", Primitive.LONG);
    private static final Column AMOUNT = Column.optional("amount", Primitive.INT);
    private static final Column STATUS = Column.optional("status", Primitive.STRING);

    private static final RowRule POSITIVE = new RowRule("positive", "amount > 0", Otherwise.TAG);
    private static final RowRule KNOWN = new RowRule("known", "status in ('NEW')", Otherwise.TAG);

    private final Versions versions = new Versions(new Column[] {ID, AMOUNT, STATUS});

    private FormatReader reader(RowRule... expect) {
        TableSchema records = new TableSchema(List.of(ID, AMOUNT, STATUS));
        RowShape shape = new RowShape(List.of(), List.of(), List.of(), List.of(RowRules.FAILED_RULES), records);
        TableSchema table = ShapedColumns.planned(shape, records).schema();
        return RuledReader.of(versions, "orders", new RowRules(null, List.of(expect), table, shape));
    }

    /** A table with all columns of a version but those that it calls otherwise, or does not take where that is nothing. */
    private static WriterView view(FormatReader reader, Map<String, String> names) throws Rejected {
        WriterSchema written = reader.written(0).orElseThrow();
        Map<String, String> taken = new HashMap<>();
        List<Column> table = new ArrayList<>();
        for (Column column : written.columns().columns()) {
            String name = names.getOrDefault(column.name(), column.name());
            if (!name.isEmpty()) {
                taken.put(column.name(), name);
                table.add(new Column(name, column.type(), column.nullability()));
            }
        }
        return WriterView.of(new TableSchema(table), written, taken);
    }

    private Object decoded(FormatReader reader, Map<String, String> names, @Nullable Object... values) throws Rejected {
        return reader.decoder(0, view(reader, names), LISTS).decode(versions.record(values));
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void aRowSaysWhichRulesItFailedAndAGoodOneNothing() throws Rejected {
        FormatReader reader = reader(POSITIVE, KNOWN);

        assertThat(decoded(reader, Map.of(), 1L, 5, "NEW")).isEqualTo(row(1L, 5, "NEW", null));
        assertThat(decoded(reader, Map.of(), 2L, null, null)).isEqualTo(row(2L, null, null, null));
        assertThat(decoded(reader, Map.of(), 3L, 5, "OLD")).isEqualTo(row(3L, 5, "OLD", List.of("known")));
        assertThat(decoded(reader, Map.of(), 4L, -5, "OLD"))
                .isEqualTo(row(4L, -5, "OLD", List.of("positive", "known")));
        TableSchema table = reader.written(0).orElseThrow().columns();
        assertThat(reader.decoder(0, table, LISTS).decode(versions.record(4L, -5, "OLD")))
                .isEqualTo(row(4L, -5, "OLD", List.of("positive", "known")));
    }

    @Test
    void aRowThatAnotherRuleKeepsOutIsNotTagged() throws Rejected {
        FormatReader reader = reader(KNOWN, new RowRule("some", "amount > 0", Otherwise.DROP));

        assertThat(decoded(reader, Map.of(), 1L, -5, "OLD")).isEqualTo(LeftOut.by("some"));
    }

    @Test
    void evolutionSeesTheColumnBehindAllOthers() throws Rejected {
        FormatReader reader = reader(KNOWN);

        assertThat(reader.written(0).orElseThrow().columns().columns())
                .containsExactly(ID, AMOUNT, STATUS, RowRules.FAILED_RULES);
        assertThat(reader.lineages(0, "orders")).singleElement().satisfies(lineage -> assertThat(lineage.schema())
                .isEqualTo(reader.written(0).orElseThrow()));
    }

    /** So what a table has bound, and what it was taken back from, holds when a file begins to tag. */
    @Test
    void aVersionIsTheSameWithTheColumnAndWithout() throws Rejected {
        WriterSchema tagged = reader(KNOWN).written(0).orElseThrow();

        assertThat(tagged.fingerprint())
                .isEqualTo(versions.written(0).orElseThrow().fingerprint());
        assertThat(tagged.tags()).containsExactly("_failed_rules");
        assertThat(tagged.untagged())
                .isEqualTo(versions.written(0).orElseThrow().columns());
    }

    @Test
    void theColumnIsFoundUnderTheNameThatItHasByNow() throws Rejected {
        assertThat(decoded(reader(KNOWN), Map.of("_failed_rules", "why"), 1L, 5, "OLD"))
                .isEqualTo(row(1L, 5, "OLD", List.of("known")));
    }

    @Test
    void whereTheTableDoesNotTakeTheColumnNoRowPassesForAGoodOne() throws Rejected {
        FormatReader reader = reader(POSITIVE, KNOWN);
        Map<String, String> without = Map.of("_failed_rules", "");

        assertThat(decoded(reader, without, 1L, 5, "NEW")).isEqualTo(row(1L, 5, "NEW"));
        Rejected rejected = catchThrowableOfType(Rejected.class, () -> decoded(reader, without, 2L, 5, "OLD"));
        assertThat(rejected.code()).isEqualTo(RejectCode.RULE_BROKEN);
        assertThat(rejected.rule()).contains("known");
        assertThat(rejected)
                .hasMessage(
                        "`known` is broken: `status in ('NEW')` is false for status = 'OLD'; it can't be tagged, for the"
                                + " table has no column `_failed_rules`");
    }

    @Test
    void aProducersFieldOfThatNameIsNotWrittenOver() {
        Versions other = new Versions(new Column[] {ID, Column.optional("_failed_rules", Primitive.STRING)});
        TableSchema records = new TableSchema(List.of(ID));
        RowShape shape = new RowShape(List.of(), List.of(), List.of(), List.of(RowRules.FAILED_RULES), records);
        FormatReader reader = RuledReader.of(other, "orders", new RowRules(null, List.of(), records, shape));

        Rejected rejected = catchThrowableOfType(Rejected.class, () -> reader.written(0));
        assertThat(rejected.code()).isEqualTo(RejectCode.SCHEMA_CHANGE_REFUSED);
        assertThat(rejected)
                .hasMessage(
                        "the record's schema has a field `_failed_rules`, and the file gives that name to another column;"
                                + " change the name of the field, then put its records back with `firn replay`");
    }
}
