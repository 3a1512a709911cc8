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
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which column each track has. What was bound before counts, of the schema itself where it has to be judged again, then of the version
 * that is nearest. Columns that nothing is bound to are
 * taken for those of the version that the table was made of, which nobody has written with yet: the one that has most of them,
 * all its fields having columns. What is left goes by its name.
 */
final class FieldColumns {

    private final Tracks tracks;
    private final SchemaLineage lineage;
    private final TableState state;
    private final TableColumns table;
    private final Map<Track, Integer> ids = new HashMap<>();
    private final Map<Integer, Track> taken = new HashMap<>();
    private Optional<Integer> madeOf = Optional.empty();

    private FieldColumns(Tracks tracks, SchemaLineage lineage, TableState state, TableColumns table) {
        this.tracks = tracks;
        this.lineage = lineage;
        this.state = state;
        this.table = table;
    }

    static FieldColumns of(Tracks tracks, SchemaLineage lineage, TableState state, TableColumns table) {
        FieldColumns columns = new FieldColumns(tracks, lineage, state, table);
        columns.ids.put(tracks.root(), TableEdit.TABLE);
        if (columns.isBound(lineage.own())) {
            columns.takeBound(lineage.own());
        }
        columns.nearestFirst(columns::isBound).forEach(columns::takeBound);
        columns.madeOf = columns.versionThatFits();
        columns.madeOf.ifPresent(columns::takeByNames);
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

    /**
     * The versions that the table is made of or was written with, the nearest to the schema's own first; of two that are as near the
     * older.
     */
    List<Integer> seenNearestFirst() {
        return nearestFirst(version -> isBound(version) || madeOf.equals(Optional.of(version)));
    }

    private List<Integer> nearestFirst(IntPredicate wanted) {
        return IntStream.range(0, lineage.versions().size())
                .filter(version -> version != lineage.own())
                .filter(wanted)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(version -> Math.abs(version - lineage.own()))
                        .thenComparingInt(version -> version))
                .toList();
    }

    private boolean isBound(int version) {
        return state.bindings().containsKey(lineage.versions().get(version).fingerprint());
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

    /** The newest of those that explain most of what nobody has written with yet. */
    private Optional<Integer> versionThatFits() {
        List<Integer> bound = nearestFirst(this::isBound);
        int most = 0;
        Optional<Integer> fitting = Optional.empty();
        for (int version = lineage.versions().size() - 1; version >= 0; version--) {
            int explained = explained(version, bound);
            if (explained > most) {
                most = explained;
                fitting = Optional.of(version);
            }
        }
        return fitting;
    }

    /** How many columns, or names of columns, are a version's and of none that is bound; none where one of its fields has no column. */
    private int explained(int version, List<Integer> bound) {
        Map<Track, Integer> found = new HashMap<>(ids);
        int explained = 0;
        for (Track track : tracks.untagged(version)) {
            String name = track.nameAt(version).orElseThrow();
            Optional<TableColumns.Node> known =
                    Optional.ofNullable(found.get(track)).flatMap(table::node);
            if (known.isPresent()) {
                boolean isNamedByIt = known.get().step().equals(name)
                        && bound.stream().noneMatch(other -> track.nameAt(other).equals(Optional.of(name)));
                explained += isNamedByIt ? 1 : 0;
                continue;
            }
            Optional<TableColumns.Node> free = track.parent()
                    .map(found::get)
                    .flatMap(parent -> table.child(parent, name))
                    .filter(child -> !taken.containsKey(child.id()));
            if (free.isEmpty()) {
                return 0;
            }
            found.put(track, free.get().id());
            explained++;
        }
        return explained;
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
    }

    private void takeByName(Track track, String name) {
        track.parent()
                .flatMap(this::id)
                .flatMap(parent -> table.child(parent, name))
                .ifPresent(node -> take(track, node.id()));
    }
}
