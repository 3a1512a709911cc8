package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.schema.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Columns that must have a value, where the schema allows null or has nothing at all for them. */
final class OptionalColumns implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        Set<Integer> filled = new HashSet<>();
        Set<Integer> structs = new HashSet<>();
        structs.add(TableEdit.TABLE);
        for (Pair pair : Pair.all(comparison)) {
            filled.add(pair.column().id());
            if (pair.field().type() instanceof ColumnType.Struct) {
                structs.add(pair.column().id());
            }
            if (pair.field().isOptional() && pair.column().isRequired()) {
                found.add(finding(pair.path(), pair.column()));
            }
        }
        Set<Integer> dropped = dropped(comparison);
        for (TableColumns.Node column : comparison.table().all()) {
            if (column.isRequired()
                    && column.isNamed()
                    && structs.contains(column.parent())
                    && !filled.contains(column.id())
                    && !dropped.contains(column.id())
                    && comparison.track(column).filter(comparison::isDefaulted).isEmpty()) {
                found.add(finding(column.path(), column));
            }
        }
        return found;
    }

    /** Those that {@link DroppedColumns} has something to say about. */
    private static Set<Integer> dropped(Comparison comparison) {
        Set<Integer> dropped = new HashSet<>();
        if (comparison.isNewest()) {
            comparison.predecessor().ifPresent(before -> before.tracks()
                    .values()
                    .forEach(track -> comparison.id(track).ifPresent(dropped::add)));
        }
        return dropped;
    }

    private static Finding finding(String path, TableColumns.Node column) {
        return Finding.applied(new SchemaChange.MakeOptional(path), new TableEdit.MakeOptional(column.id()));
    }
}
