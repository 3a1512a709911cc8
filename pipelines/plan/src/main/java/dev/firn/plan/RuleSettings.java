package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.table.Otherwise;
import dev.firn.quality.validation.MaskedValues;
import dev.firn.quality.validation.ShapedColumns;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.rule.RowMask;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.TableSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of {@code tables:} says of rows, or what all entries so far have said.
 *
 * @param where null where nothing is said
 * @param expect in the order in which they were said first
 * @param shape what becomes of records' columns between the two
 * @param masks columns that are hidden, in the order in which they were said first
 * @param eventTime which rows come too late; null where nothing is said
 */
public record RuleSettings(
        @Nullable String where,
        List<RowRule> expect,
        ShapeSettings shape,
        List<RowMask> masks,
        @Nullable RowEventTime eventTime)
        implements Serializable {

    public static final RuleSettings NOTHING = new RuleSettings(null, List.of());

    public RuleSettings {
        expect = List.copyOf(expect);
        masks = List.copyOf(masks);
    }

    /** Of rows that are never late. */
    public RuleSettings(@Nullable String where, List<RowRule> expect, ShapeSettings shape, List<RowMask> masks) {
        this(where, expect, shape, masks, null);
    }

    /** Of rows in which nothing is hidden. */
    public RuleSettings(@Nullable String where, List<RowRule> expect, ShapeSettings shape) {
        this(where, expect, shape, List.of());
    }

    /** Of records that go into the table as they are. */
    public RuleSettings(@Nullable String where, List<RowRule> expect) {
        this(where, expect, ShapeSettings.NOTHING);
    }

    static RuleSettings of(Bound<TableOptions> entry) {
        List<RowRule> expect = new ArrayList<>();
        entry.options()
                .expect()
                .forEach((name, rule) -> expect.add(new RowRule(name, rule.condition(), rule.otherwise())));
        List<RowMask> masks = new ArrayList<>();
        entry.options()
                .mask()
                .forEach((column, mask) ->
                        masks.add(new RowMask(column, mask.as(), mask.secret().orElse(null))));
        return new RuleSettings(
                entry.options().where().orElse(null),
                expect,
                ShapeSettings.of(entry),
                masks,
                entry.options()
                        .eventTime()
                        .map(said -> new RowEventTime(said.column(), said.lateAfter(), said.late()))
                        .orElse(null));
    }

    /** A rule takes the place of one with its name; the rest stays as earlier entries have it. */
    RuleSettings over(RuleSettings before) {
        return new RuleSettings(
                where == null ? before.where : where,
                ShapeSettings.merged(before.expect, expect, RowRule::name),
                shape.over(before.shape),
                ShapeSettings.merged(before.masks, masks, RowMask::column),
                eventTime == null ? before.eventTime : eventTime);
    }

    public boolean isEmpty() {
        return where == null && expect.isEmpty() && shape.isEmpty() && masks.isEmpty() && eventTime == null;
    }

    /** @param records the columns that records were planned to have; empty where they are not known */
    public RowRules rules(Optional<TableSchema> records) {
        if (isEmpty()) {
            return RowRules.NONE;
        }
        TableSchema columns = records.orElse(new TableSchema(List.of()));
        return new RowRules(where, expect, clear(columns), shape(columns), masks, eventTime);
    }

    private RowShape shape(TableSchema records) {
        RowShape said = shape.shape(records);
        return tags()
                ? new RowShape(said.set(), said.drop(), said.rename(), List.of(RowRules.FAILED_RULES), records)
                : said;
    }

    /** Whether rows may say which rules they failed. */
    boolean tags() {
        return expect.stream().anyMatch(rule -> rule.otherwise() == Otherwise.TAG)
                || (eventTime != null && eventTime.late() == Otherwise.TAG);
    }

    /** Columns that may not go or be called otherwise while records come: those of the key, and the one that says when. */
    List<String> keptColumns(KeySettings key) {
        List<String> kept = new ArrayList<>(key.keptColumns());
        if (eventTime != null) {
            kept.add(eventTime.column());
        }
        return kept;
    }

    /** Whether the table has other columns than its records, so that {@code where} names the records'. */
    boolean isShaped() {
        return !shape.isEmpty() || tags();
    }

    /** The columns that a table of such records has. What can't be hidden as the file says stays as it is; the plan says why. */
    public TableSchema table(TableSchema records) {
        return new TableSchema(clear(records).columns().stream()
                .map(column -> mask(column.name())
                        .flatMap(mask -> MaskedValues.column(mask.as(), column))
                        .orElse(column))
                .toList());
    }

    private Optional<RowMask> mask(String column) {
        return masks.stream().filter(mask -> mask.column().equals(column)).findFirst();
    }

    /**
     * A table as conditions see it: what is hidden there is clear.
     *
     * @param records the columns that its records have
     */
    TableSchema unmasked(TableSchema table, TableSchema records) {
        TableSchema clear = clear(records);
        return new TableSchema(table.columns().stream()
                .map(column -> mask(column.name()).isPresent()
                        ? clear.column(column.name()).orElse(column)
                        : column)
                .toList());
    }

    /** The same before anything is hidden. */
    TableSchema clear(TableSchema records) {
        return isShaped() ? ShapedColumns.planned(shape(records), records).schema() : records;
    }
}
