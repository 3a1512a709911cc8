package dev.firn.spi.rule;

import dev.firn.definition.table.Otherwise;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.schema.TableSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of a table's rows.
 *
 * @param condition the table's {@code where}, an SQL condition; null where every record becomes a row
 * @param expect in the file's order: the first that a row breaks decides about it
 * @param columns those of the table as it was planned, for a table that does not have them yet; a record that comes before they are there
 *     has null in them
 * @param shape what becomes of the record's columns between the two
 * @param masks columns that are hidden, behind all that; {@code columns} has them as they are before
 * @param time which rows come too late, behind what is expected; null where none does
 */
public record RowRules(
        @Nullable String condition,
        List<RowRule> expect,
        TableSchema columns,
        RowShape shape,
        List<RowMask> masks,
        @Nullable RowEventTime time)
        implements Serializable {

    /** Where a row says which rules it failed that {@code tag}; null where it failed none. */
    public static final Column FAILED_RULES =
            Column.optional("_failed_rules", new ColumnType.ListOf(ColumnType.Primitive.STRING, Nullability.REQUIRED));

    public static final RowRules NONE = new RowRules(null, List.of(), new TableSchema(List.of()));

    public RowRules {
        expect = List.copyOf(expect);
        masks = List.copyOf(masks);
    }

    /** Of rows that are never late. */
    public RowRules(
            @Nullable String condition,
            List<RowRule> expect,
            TableSchema columns,
            RowShape shape,
            List<RowMask> masks) {
        this(condition, expect, columns, shape, masks, null);
    }

    /** Of rows in which nothing is hidden. */
    public RowRules(@Nullable String condition, List<RowRule> expect, TableSchema columns, RowShape shape) {
        this(condition, expect, columns, shape, List.of());
    }

    /** Of records that go into the table as they are. */
    public RowRules(@Nullable String condition, List<RowRule> expect, TableSchema columns) {
        this(condition, expect, columns, RowShape.NONE);
    }

    public Optional<String> where() {
        return Optional.ofNullable(condition);
    }

    public Optional<RowEventTime> eventTime() {
        return Optional.ofNullable(time);
    }

    /** The same for whoever has no job that could end: what would end it goes to quarantine. */
    public RowRules withoutAJob() {
        return new RowRules(
                condition,
                expect.stream()
                        .map(rule -> rule.otherwise() == Otherwise.FAIL
                                ? new RowRule(rule.name(), rule.that(), Otherwise.QUARANTINE)
                                : rule)
                        .toList(),
                columns,
                shape,
                masks,
                time == null || time.late() != Otherwise.FAIL
                        ? time
                        : new RowEventTime(time.column(), time.lateAfter(), Otherwise.QUARANTINE));
    }

    /** The same with other expectations. */
    public RowRules expecting(List<RowRule> others) {
        return new RowRules(condition, others, columns, shape, masks, time);
    }

    public boolean isEmpty() {
        return condition == null && expect.isEmpty() && shape.isEmpty() && masks.isEmpty() && time == null;
    }
}
