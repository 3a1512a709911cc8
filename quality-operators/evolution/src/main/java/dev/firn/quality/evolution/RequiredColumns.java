package dev.firn.quality.evolution;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaChange;
import java.util.ArrayList;
import java.util.List;

/** Fields that may no longer be null; the column stays as it is, for rows of before may be. */
final class RequiredColumns implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        if (comparison.isNewest()) {
            comparison.predecessor().ifPresent(before -> Pair.all(comparison).forEach(pair -> before.place(pair.track())
                    .filter(ColumnPath.Place::isOptional)
                    .filter(was -> !pair.field().isOptional())
                    .ifPresent(was -> found.add(Finding.told(new SchemaChange.MakeRequired(pair.path()))))));
        }
        return found;
    }
}
