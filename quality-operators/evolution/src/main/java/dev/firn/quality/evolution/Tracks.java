package dev.firn.quality.evolution;

import dev.firn.spi.evolution.ColumnPath;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.evolution.WriterSchema;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Follows every field through the versions of a subject. From one version to the next it is the field of the same name; else the one
 * that says that it had that name; else, where it was gone for a while, the one that comes back with the name it had last.
 *
 * <pre>
 *   version 1   id   a
 *   version 2   id   b (was a)         b is a's track
 *   version 3   id   b     a           this a is another
 * </pre>
 */
final class Tracks {

    /** Steps into a list and a map, which no name can be. */
    static final String ELEMENT = "[]";

    static final String VALUE = "{}";

    private final boolean followsRenames;
    private final Track root = Track.root();
    private final List<Map<String, Track>> versions = new ArrayList<>();
    private final List<Set<Track>> tags = new ArrayList<>();

    private Tracks(boolean followsRenames) {
        this.followsRenames = followsRenames;
    }

    /** @param followsRenames whether a former name makes two fields one */
    static Tracks of(SchemaLineage lineage, boolean followsRenames) {
        Tracks tracks = new Tracks(followsRenames);
        for (WriterSchema schema : lineage.versions()) {
            tracks.add(schema);
        }
        return tracks;
    }

    /** The tracks of a version by their paths in it, each behind the one that it is in. */
    Map<String, Track> version(int index) {
        return versions.get(index);
    }

    /** The tracks of a version that its records have: a tag is the file's. */
    List<Track> untagged(int index) {
        Set<Track> tagged = tags.get(index);
        return version(index).values().stream()
                .filter(track -> Stream.iterate(
                                Optional.of(track), Optional::isPresent, one -> one.flatMap(Track::parent))
                        .flatMap(Optional::stream)
                        .noneMatch(tagged::contains))
                .toList();
    }

    Track root() {
        return root;
    }

    private void add(WriterSchema schema) {
        Map<String, Track> paths = new LinkedHashMap<>();
        new Adding(schema, versions.size(), paths)
                .fields(root, "", schema.columns().columns());
        versions.add(paths);
        tags.add(schema.tags().stream().map(paths::get).collect(Collectors.toSet()));
    }

    /** Fields of a version that are found, each the field of before that no other is. */
    private static final class Pairing {

        private final List<Column> columns;
        private final Map<String, Track> found = new HashMap<>();
        private final Set<Track> taken = new HashSet<>();

        Pairing(List<Column> columns) {
            this.columns = columns;
        }

        void by(Function<Column, Stream<Track>> candidates) {
            for (Column column : columns) {
                if (!found.containsKey(column.name())) {
                    candidates
                            .apply(column)
                            .filter(taken::add)
                            .findFirst()
                            .ifPresent(track -> found.put(column.name(), track));
                }
            }
        }
    }

    /** One walk over one version. */
    private final class Adding {

        private final WriterSchema schema;
        private final int version;
        private final Map<String, Track> paths;

        Adding(WriterSchema schema, int version, Map<String, Track> paths) {
            this.schema = schema;
            this.version = version;
            this.paths = paths;
        }

        void fields(Track parent, String path, List<Column> columns) {
            Map<String, Track> found = found(parent, path, columns);
            for (Column column : columns) {
                Track track = found.get(column.name());
                place(
                        track == null ? parent.newChild() : track,
                        column.name(),
                        ColumnPath.child(path, column.name()),
                        column.type());
            }
        }

        /** Names before former names, so that a field which is still there is nobody else's past. */
        private Map<String, Track> found(Track parent, String path, List<Column> columns) {
            Pairing pairing = new Pairing(columns);
            pairing.by(column -> before(parent, column.name()));
            pairing.by(column -> former(path, column).flatMap(name -> before(parent, name)));
            pairing.by(column -> gone(parent, column.name()));
            pairing.by(column -> former(path, column).flatMap(name -> gone(parent, name)));
            return pairing.found;
        }

        private Stream<String> former(String path, Column column) {
            return followsRenames
                    ? schema.formerNames().getOrDefault(ColumnPath.child(path, column.name()), List.of()).stream()
                    : Stream.empty();
        }

        private Stream<Track> before(Track parent, String name) {
            return parent.children().stream()
                    .filter(track ->
                            track.isIn(version - 1) && track.nameAt(version - 1).equals(Optional.of(name)));
        }

        /** The last that went, of those that were called so in the end. */
        private Stream<Track> gone(Track parent, String name) {
            return parent.children().stream()
                    .filter(track ->
                            !track.isIn(version - 1) && track.nameAt(version).equals(Optional.of(name)))
                    .reduce((older, newer) -> newer)
                    .stream();
        }

        private void place(Track track, String step, String path, ColumnType type) {
            track.seen(version, step);
            paths.put(path, track);
            if (type instanceof ColumnType.Struct struct) {
                fields(track, path, struct.columns());
            } else if (type instanceof ColumnType.ListOf list) {
                place(inside(track, ELEMENT), ELEMENT, ColumnPath.element(path), list.element());
            } else if (type instanceof ColumnType.MapOf map) {
                place(inside(track, VALUE), VALUE, ColumnPath.value(path), map.value());
            }
        }

        private Track inside(Track container, String step) {
            return container.children().stream()
                    .filter(track -> track.nameAt(version).equals(Optional.of(step)))
                    .findFirst()
                    .orElseGet(container::newChild);
        }
    }
}
