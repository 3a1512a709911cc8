package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types that their columns neither take nor can be turned into. */
final class IncompatibleTypes implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        for (Pair pair : Pair.all(comparison)) {
            ColumnType column = pair.column().type();
            ColumnType field = pair.field().type();
            if (!isSameContainer(column, field)
                    && !Widening.isLossless(field, column)
                    && !Widening.isPromotion(column, field)
                    && !isOneOfAChoice(comparison, pair)) {
                found.add(Finding.told(new SchemaChange.Incompatible(
                        pair.path(), "it is " + field + " now, and the column is " + column)));
            }
        }
        return found;
    }

    static boolean isStruct(Optional<TableColumns.Node> node) {
        return node.filter(found -> found.type() instanceof ColumnType.Struct).isPresent();
    }

    /** Values of one type go to a column of several by themselves. */
    private static boolean isOneOfAChoice(Comparison comparison, Pair pair) {
        return comparison.isChoice(pair.track())
                && comparison.table().children(pair.column().id()).stream()
                        .anyMatch(branch -> Widening.isLossless(pair.field().type(), branch.type()));
    }

    /** What is inside is looked at by itself. */
    private static boolean isSameContainer(ColumnType column, ColumnType field) {
        return (column instanceof ColumnType.Struct && field instanceof ColumnType.Struct)
                || (column instanceof ColumnType.ListOf && field instanceof ColumnType.ListOf)
                || (column instanceof ColumnType.MapOf && field instanceof ColumnType.MapOf);
    }
}
