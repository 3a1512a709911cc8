package dev.firn.plan;

import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.spi.rule.RowShape;
import dev.firn.spi.schema.TableSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of {@code tables:} makes of records' columns, or what all entries so far do.
 *
 * @param set in the order in which it was said first
 * @param drop null where nothing is said; an empty list says that nothing is dropped
 * @param rename in the order in which it was said first
 */
public record ShapeSettings(List<RowShape.Computed> set, @Nullable List<String> drop, List<RowShape.Renamed> rename)
        implements Serializable {

    public static final ShapeSettings NOTHING = new ShapeSettings(List.of(), null, List.of());

    public ShapeSettings {
        set = List.copyOf(set);
        drop = drop == null ? null : List.copyOf(drop);
        rename = List.copyOf(rename);
    }

    static ShapeSettings of(Bound<TableOptions> entry) {
        List<RowShape.Computed> set = new ArrayList<>();
        entry.options().set().forEach((column, expression) -> set.add(new RowShape.Computed(column, expression)));
        List<RowShape.Renamed> rename = new ArrayList<>();
        entry.options().rename().forEach((from, to) -> rename.add(new RowShape.Renamed(from, to)));
        return new ShapeSettings(
                set, entry.node().child("drop").isPresent() ? entry.options().drop() : null, rename);
    }

    /** What is said of a column takes the place of what was; the rest stays as earlier entries have it. A list replaces one. */
    ShapeSettings over(ShapeSettings before) {
        return new ShapeSettings(
                merged(before.set, set, RowShape.Computed::column),
                drop == null ? before.drop : drop,
                merged(before.rename, rename, RowShape.Renamed::from));
    }

    static <T> List<T> merged(List<T> before, List<T> said, Function<T, String> name) {
        List<T> merged = new ArrayList<>(before);
        for (T one : said) {
            int place = merged.stream().map(name).toList().indexOf(name.apply(one));
            if (place < 0) {
                merged.add(one);
            } else {
                merged.set(place, one);
            }
        }
        return merged;
    }

    /** What the table calls a column of the record. */
    String nameInTable(String column) {
        return rename.stream()
                .filter(one -> one.from().equals(column))
                .findFirst()
                .map(RowShape.Renamed::to)
                .orElse(column);
    }

    public boolean isEmpty() {
        return set.isEmpty() && (drop == null || drop.isEmpty()) && rename.isEmpty();
    }

    /** @param records the columns that records have */
    public RowShape shape(TableSchema records) {
        return isEmpty() ? RowShape.NONE : new RowShape(set, drop == null ? List.of() : drop, rename, records);
    }
}
