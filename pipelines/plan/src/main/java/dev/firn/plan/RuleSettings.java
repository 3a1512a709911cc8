package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.spi.rule.RowRule;
import dev.firn.spi.rule.RowRules;
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
 */
public record RuleSettings(@Nullable String where, List<RowRule> expect) implements Serializable {

    public static final RuleSettings NOTHING = new RuleSettings(null, List.of());

    public RuleSettings {
        expect = List.copyOf(expect);
    }

    static RuleSettings of(Bound<TableOptions> entry) {
        List<RowRule> expect = new ArrayList<>();
        entry.options().expect().forEach((name, rule) -> expect.add(new RowRule(name, rule.that(), rule.otherwise())));
        return new RuleSettings(entry.options().where().orElse(null), expect);
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
        return new RuleSettings(where == null ? before.where : where, merged);
    }

    public boolean isEmpty() {
        return where == null && expect.isEmpty();
    }

    /** @param columns of the table as it is planned; empty where they are not known */
    public RowRules rules(Optional<TableSchema> columns) {
        return new RowRules(where, expect, columns.orElse(new TableSchema(List.of())));
    }
}
