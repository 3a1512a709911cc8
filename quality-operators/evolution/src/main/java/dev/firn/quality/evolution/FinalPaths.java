package dev.firn.quality.evolution;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.TableEdit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where each field of a schema goes once a table has been edited; a field without a column is not there. */
final class FinalPaths {

    private final Comparison comparison;
    private final Map<Integer, String> renamed = new HashMap<>();
    private final Map<Integer, Set<String>> added = new HashMap<>();
    private final Map<Track, String> paths = new HashMap<>();
    private final Set<Track> inAdded = new HashSet<>();

    private FinalPaths(Comparison comparison, List<TableEdit> edits) {
        this.comparison = comparison;
        for (TableEdit edit : edits) {
            if (edit instanceof TableEdit.RenameColumn rename) {
                renamed.put(rename.id(), rename.to());
            } else if (edit instanceof TableEdit.AddColumn add) {
                added.computeIfAbsent(add.parent(), missing -> new HashSet<>())
                        .add(add.column().name());
            }
        }
        paths.put(comparison.root(), "");
    }

    static SortedMap<String, String> of(Comparison comparison, List<TableEdit> edits) {
        return new FinalPaths(comparison, edits).all();
    }

    private SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>();
        comparison.own().forEach((path, track) -> target(track).ifPresent(target -> {
            paths.put(track, target);
            all.put(path, target);
        }));
        return all;
    }

    private Optional<String> target(Track track) {
        Track parent = track.parent().orElseThrow();
        String above = paths.get(parent);
        if (above == null) {
            return Optional.empty();
        }
        Optional<TableColumns.Node> column = comparison.column(track);
        if (column.isPresent()) {
            return Optional.of(below(
                    above, renamed.getOrDefault(column.get().id(), column.get().step())));
        }
        String name = comparison.name(track);
        boolean isAdded = inAdded.contains(parent)
                || comparison
                        .id(parent)
                        .map(id -> added.getOrDefault(id, Set.of()).contains(name))
                        .orElse(false);
        if (!isAdded) {
            return Optional.empty();
        }
        inAdded.add(track);
        return Optional.of(below(above, name));
    }

    private static String below(String above, String step) {
        return switch (step) {
            case Tracks.ELEMENT -> ColumnPath.element(above);
            case Tracks.VALUE -> ColumnPath.value(above);
            default -> ColumnPath.child(above, step);
        };
    }
}
