package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.List;

/** Types that take less than those that rows were written with before; the column takes them as it is. */
final class NarrowedTypes implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        if (comparison.isNewest()) {
            comparison.predecessor().ifPresent(before -> Pair.all(comparison).forEach(pair -> before.place(pair.track())
                    .filter(was -> !was.type().equals(pair.field().type()))
                    .filter(was -> Widening.isLossless(pair.field().type(), was.type()))
                    .ifPresent(was -> found.add(Finding.told(new SchemaChange.NarrowType(
                            pair.path(), was.type(), pair.field().type()))))));
        }
        return found;
    }
}
