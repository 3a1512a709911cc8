package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.table.Otherwise;
import dev.firn.quality.validation.ShapedColumns;
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
 */
public record RuleSettings(@Nullable String where, List<RowRule> expect, ShapeSettings shape) implements Serializable {

    public static final RuleSettings NOTHING = new RuleSettings(null, List.of());

    public RuleSettings {
        expect = List.copyOf(expect);
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
        return new RuleSettings(entry.options().where().orElse(null), expect, ShapeSettings.of(entry));
    }

    /** A rule takes the place of one with its name; the rest stays as earlier entries have it. */
    RuleSettings over(RuleSettings before) {
        List<RowRule> merged = new ArrayList<>(before.expect);
        for (RowRule rule : expect) {
            int place = merged.stream().map(RowRule::name).toList().indexOf(rule.name());
            if (place < 0) {
                merged.add(rule);
            } else {
                merged.set(place, rule);
            }
        }
        return new RuleSettings(where == null ? before.where : where, merged, shape.over(before.shape));
    }

    public boolean isEmpty() {
        return where == null && expect.isEmpty() && shape.isEmpty();
    }

    /** @param records the columns that records were planned to have; empty where they are not known */
    public RowRules rules(Optional<TableSchema> records) {
        if (isEmpty()) {
            return RowRules.NONE;
        }
        TableSchema columns = records.orElse(new TableSchema(List.of()));
        return new RowRules(where, expect, table(columns), shape(columns));
    }

    private RowShape shape(TableSchema records) {
        RowShape said = shape.shape(records);
        return tags()
                ? new RowShape(said.set(), said.drop(), said.rename(), List.of(RowRules.FAILED_RULES), records)
                : said;
    }

    /** Whether rows may say which rules they failed. */
    boolean tags() {
        return expect.stream().anyMatch(rule -> rule.otherwise() == Otherwise.TAG);
    }

    /** Whether the table has other columns than its records, so that {@code where} names the records'. */
    boolean isShaped() {
        return !shape.isEmpty() || tags();
    }

    /** The columns that a table of such records has. */
    public TableSchema table(TableSchema records) {
        return isShaped() ? ShapedColumns.planned(shape(records), records).schema() : records;
    }
}
