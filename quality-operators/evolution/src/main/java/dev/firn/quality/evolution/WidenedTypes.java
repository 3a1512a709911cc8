package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.schema.Widening;
import java.util.ArrayList;
import java.util.List;

/** Types that take more than their columns do, and that the columns can be turned into. */
final class WidenedTypes implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        Pair.all(comparison).forEach(pair -> {
            if (Widening.isPromotion(pair.column().type(), pair.field().type())) {
                found.add(Finding.applied(
                        new SchemaChange.WidenType(
                                pair.path(), pair.column().type(), pair.field().type()),
                        new TableEdit.WidenType(pair.column().id(), pair.field().type())));
            }
        });
        return found;
    }
}
