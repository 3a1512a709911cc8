package dev.firn.quality.evolution;

import dev.firn.definition.table.Decision;
import dev.firn.spi.evolution.ChangeKind;
import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.TableState;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A writer's schema beside a table, and beside the version that rows were written with before it. */
final class Comparison {

    private final SchemaLineage lineage;
    private final Tracks tracks;
    private final TableColumns table;
    private final FieldColumns columns;
    private final Map<String, ColumnPath.Place> places;
    private final OptionalInt predecessor;
    private final int newest;

    private final Set<Integer> dropped;

    Comparison(TableState now, SchemaLineage lineage, EvolutionPolicy policy) {
        this.lineage = lineage;
        this.tracks = Tracks.of(lineage, policy.of(ChangeKind.RENAME_COLUMN) != Decision.KEEP_NULLABLE);
        this.table = TableColumns.of(now);
        this.columns = FieldColumns.of(tracks, lineage, now, table);
        this.places = ColumnPath.places(lineage.schema().columns());
        List<Integer> seen = columns.seenNearestFirst();
        this.newest = seen.stream().mapToInt(version -> version).max().orElse(lineage.own());
        this.predecessor = seen.stream()
                .filter(version -> version < lineage.own())
                .mapToInt(version -> version)
                .findFirst();
        this.dropped = policy.of(ChangeKind.DROP_COLUMN) == Decision.APPLY
                ? DroppedColumns.outermost(this).values().stream()
                        .map(TableColumns.Node::id)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** Whether rows of no later version were written: only the newest may take something away from a table. */
    boolean isNewest() {
        return newest <= lineage.own();
    }

    /** What a track's column is called: as the newest version that rows were written with calls it, this one among them. */
    String name(Track track) {
        return track.nameAt(Math.max(newest, lineage.own()))
                .orElseThrow(() -> new IllegalStateException("our bug: a field without a name"));
    }

    TableColumns table() {
        return table;
    }

    WriterSchema schema() {
        return lineage.schema();
    }

    /** What stands at each path of the schema. */
    Map<String, ColumnPath.Place> places() {
        return places;
    }

    /** The tracks of the schema's own fields by their paths, in its order. */
    Map<String, Track> own() {
        return tracks.version(lineage.own());
    }

    int ownVersion() {
        return lineage.own();
    }

    Track root() {
        return tracks.root();
    }

    /** The column of a track. */
    Optional<TableColumns.Node> column(Track track) {
        return columns.id(track).flatMap(table::node);
    }

    Optional<Integer> id(Track track) {
        return columns.id(track);
    }

    /** A column that has a name and keeps it, so that no other can get it; or one that only its case tells from it. */
    Optional<TableColumns.Node> inTheWay(int parent, String name) {
        return table.children(parent).stream()
                .filter(column -> column.step().equalsIgnoreCase(name))
                .filter(column -> !dropped.contains(column.id()))
                .filter(column ->
                        columns.track(column.id()).flatMap(this::newName).isEmpty())
                .findFirst();
    }

    /**
     * What a column is to be called from now on, where that is not what it is called. One that somebody else has renamed keeps that
     * name, and so does every column where the schema is not the newest.
     */
    Optional<String> newName(Track track) {
        return column(track)
                .filter(column -> isNewest() && column.isNamed())
                .filter(column -> track.wasCalled(column.step(), lineage.own()))
                .flatMap(column -> track.nameAt(lineage.own()).filter(name -> !name.equals(column.step())));
    }

    /** The last version before this one that rows were written with. */
    Optional<Version> predecessor() {
        return predecessor.isEmpty() ? Optional.empty() : Optional.of(version(predecessor.getAsInt()));
    }

    /** Whether a later version that rows were written with lacks a field. */
    boolean isGoneLater(Track track) {
        return columns.seenNearestFirst().stream().anyMatch(version -> version > lineage.own() && !track.isIn(version));
    }

    /** Where a track is in the schema; empty for the record itself. */
    String path(Track track) {
        return path(own(), track).orElse("");
    }

    /** A type of the schema with the names that its columns are given. */
    ColumnType namedType(String path, ColumnType type) {
        if (type instanceof ColumnType.Struct struct) {
            return new ColumnType.Struct(struct.columns().stream()
                    .map(column -> named(ColumnPath.child(path, column.name()), column))
                    .toList());
        }
        if (type instanceof ColumnType.ListOf list) {
            return new ColumnType.ListOf(namedType(ColumnPath.element(path), list.element()), list.elements());
        }
        return type instanceof ColumnType.MapOf map
                ? new ColumnType.MapOf(namedType(ColumnPath.value(path), map.value()), map.values())
                : type;
    }

    private Column named(String path, Column column) {
        Track track = own().get(path);
        if (track == null) {
            throw new IllegalStateException("our bug: no track at " + path);
        }
        return new Column(name(track), namedType(path, column.type()), column.nullability());
    }

    private static Optional<String> path(Map<String, Track> tracks, Track wanted) {
        return tracks.entrySet().stream()
                .filter(entry -> entry.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether some version has one of several types there. */
    boolean isChoice(Track track) {
        return versions(track)
                .anyMatch(version ->
                        version.schema().choices().contains(version.path(track).orElse("")));
    }

    /** Whether rows that lack a field get a value for it: every later version that has it says which. */
    boolean isDefaulted(Track track) {
        List<Version> later = versions(track)
                .filter(version -> version.index() > lineage.own())
                .toList();
        return !later.isEmpty()
                && later.stream().allMatch(version -> version.schema()
                        .defaults()
                        .contains(version.path(track).orElse("")));
    }

    /** The field of the subject that has a column. */
    Optional<Track> track(TableColumns.Node column) {
        return columns.track(column.id());
    }

    private Stream<Version> versions(Track track) {
        return IntStream.range(0, lineage.versions().size()).filter(track::isIn).mapToObj(this::version);
    }

    private Version version(int index) {
        WriterSchema schema = lineage.versions().get(index);
        return new Version(index, schema, tracks.version(index), ColumnPath.places(schema.columns()));
    }

    /** A version with its tracks and what stands at each of its paths. */
    record Version(int index, WriterSchema schema, Map<String, Track> tracks, Map<String, ColumnPath.Place> places) {

        /** What stood there. */
        Optional<ColumnPath.Place> place(Track track) {
            return path(track).map(places::get);
        }

        /** Of an enum; none where it was none, or was not there. */
        List<String> symbols(@Nullable Track track) {
            return Optional.ofNullable(track)
                    .flatMap(this::path)
                    .map(path -> schema.symbols().getOrDefault(path, List.of()))
                    .orElse(List.of());
        }

        private Optional<String> path(Track track) {
            return Comparison.path(tracks, track);
        }
    }
}
