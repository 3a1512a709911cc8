package dev.firn.quality.evolution;

import dev.firn.spi.evolution.SchemaBinding;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableEdit;
import dev.firn.spi.evolution.TableState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Which column each track has. What was bound before counts, of the version that is nearest; a table that no version is bound to
 * is taken for one made of the newest version whose every field it has; what is left goes by its name.
 */
final class FieldColumns {

    private final Tracks tracks;
    private final SchemaLineage lineage;
    private final TableState state;
    private final TableColumns table;
    private final Map<Track, Integer> ids = new HashMap<>();
    private final Map<Integer, Track> taken = new HashMap<>();

    private FieldColumns(Tracks tracks, SchemaLineage lineage, TableState state, TableColumns table) {
        this.tracks = tracks;
        this.lineage = lineage;
        this.state = state;
        this.table = table;
    }

    static FieldColumns of(Tracks tracks, SchemaLineage lineage, TableState state, TableColumns table) {
        FieldColumns columns = new FieldColumns(tracks, lineage, state, table);
        columns.ids.put(tracks.root(), TableEdit.TABLE);
        List<Integer> bound = columns.boundNearestFirst();
        bound.forEach(columns::takeBound);
        if (bound.isEmpty()) {
            columns.newestThatFits().ifPresent(columns::takeByNames);
        }
        columns.takeOwnByNames();
        return columns;
    }

    /** The column of a track; empty where it has none in the table. */
    Optional<Integer> id(Track track) {
        return Optional.ofNullable(ids.get(track));
    }

    /** The field of the lineage that has a column; empty where none has it. */
    Optional<Track> track(int id) {
        return Optional.ofNullable(taken.get(id));
    }

    /** The versions that rows were written with, the nearest to the schema's own first; of two that are as near the older. */
    List<Integer> boundNearestFirst() {
        return IntStream.range(0, lineage.versions().size())
                .filter(version -> version != lineage.own())
                .filter(version -> state.bindings()
                        .containsKey(lineage.versions().get(version).fingerprint()))
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(version -> Math.abs(version - lineage.own()))
                        .thenComparingInt(version -> version))
                .toList();
    }

    private void takeBound(int version) {
        SchemaBinding binding =
                state.bindings().get(lineage.versions().get(version).fingerprint());
        if (binding == null) {
            throw new IllegalStateException("our bug: version " + version + " is not bound");
        }
        tracks.version(version).forEach((path, track) -> {
            Integer id = binding.columns().get(path);
            if (id != null) {
                take(track, id);
            }
        });
    }

    /** A place inside another is bound where that one is. */
    private void take(Track track, int id) {
        Optional<TableColumns.Node> node = table.node(id);
        Optional<Integer> parent = track.parent().flatMap(this::id);
        if (!ids.containsKey(track)
                && node.isPresent()
                && parent.equals(Optional.of(node.get().parent()))
                && taken.putIfAbsent(id, track) == null) {
            ids.put(track, id);
        }
    }

    private OptionalInt newestThatFits() {
        for (int version = lineage.versions().size() - 1; version >= 0; version--) {
            if (namesFit(version)) {
                return OptionalInt.of(version);
            }
        }
        return OptionalInt.empty();
    }

    private boolean namesFit(int version) {
        Map<Track, Integer> found = new HashMap<>();
        found.put(tracks.root(), TableEdit.TABLE);
        for (Track track : tracks.version(version).values()) {
            Optional<TableColumns.Node> node = track.parent()
                    .map(found::get)
                    .flatMap(parent -> table.child(parent, track.nameAt(version).orElseThrow()));
            if (node.isEmpty()) {
                return false;
            }
            found.put(track, node.get().id());
        }
        return true;
    }

    private void takeByNames(int version) {
        for (Track track : tracks.version(version).values()) {
            takeByName(track, track.nameAt(version).orElseThrow());
        }
    }

    /** First by what the fields are called now: a column of that name is not another field's past. */
    private void takeOwnByNames() {
        Map<String, Track> own = tracks.version(lineage.own());
        for (Track track : own.values()) {
            takeByName(track, track.nameAt(lineage.own()).orElseThrow());
        }
        for (Track track : own.values()) {
            for (String name : track.namesNewestFirst()) {
                takeByName(track, name);
            }
        }
        // What is inside a place that was found by a former name.
        for (Track track : own.values()) {
            takeByName(track, track.nameAt(lineage.own()).orElseThrow());
        }
    }

    private void takeByName(Track track, String name) {
        track.parent()
                .flatMap(this::id)
                .flatMap(parent -> table.child(parent, name))
                .ifPresent(node -> take(track, node.id()));
    }
}
