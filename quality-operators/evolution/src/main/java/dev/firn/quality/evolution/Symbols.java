package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Symbols that an enum has got, or has lost, since rows were last written; its column is text and takes any. */
record Symbols(Side side) implements ChangeRule {

    /** Which of the two is looked for. */
    enum Side {
        ADDED,
        REMOVED
    }

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        if (comparison.isNewest()) {
            comparison
                    .predecessor()
                    .ifPresent(before -> comparison.schema().symbols().forEach((path, now) -> {
                        List<String> was = before.symbols(comparison.own().get(path));
                        if (!was.isEmpty()) {
                            List<String> changed = side == Side.ADDED ? without(now, was) : without(was, now);
                            BiFunction<String, List<String>, SchemaChange> change =
                                    side == Side.ADDED ? SchemaChange.AddSymbol::new : SchemaChange.RemoveSymbol::new;
                            if (!changed.isEmpty()) {
                                found.add(Finding.told(change.apply(path, changed)));
                            }
                        }
                    }));
        }
        return found;
    }

    private static List<String> without(List<String> symbols, List<String> others) {
        return symbols.stream().filter(symbol -> !others.contains(symbol)).toList();
    }
}
