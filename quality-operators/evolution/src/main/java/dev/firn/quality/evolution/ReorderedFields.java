package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records whose fields of before stand in another order. */
final class ReorderedFields implements ChangeRule {

    @Override
    public List<Finding> in(Comparison comparison) {
        List<Finding> found = new ArrayList<>();
        if (comparison.isNewest()) {
            comparison.predecessor().ifPresent(before -> {
                Map<Track, List<Track>> was =
                        byParent(before.tracks().values(), comparison.own().values());
                Map<Track, List<Track>> is =
                        byParent(comparison.own().values(), before.tracks().values());
                is.forEach((parent, order) -> {
                    if (!order.equals(was.get(parent))) {
                        found.add(Finding.told(new SchemaChange.Reorder(comparison.path(parent))));
                    }
                });
            });
        }
        return found;
    }

    private static Map<Track, List<Track>> byParent(Iterable<Track> tracks, java.util.Collection<Track> others) {
        Map<Track, List<Track>> byParent = new LinkedHashMap<>();
        for (Track track : tracks) {
            if (others.contains(track)) {
                track.parent().ifPresent(parent -> byParent.computeIfAbsent(parent, missing -> new ArrayList<>())
                        .add(track));
            }
        }
        return byParent;
    }
}
