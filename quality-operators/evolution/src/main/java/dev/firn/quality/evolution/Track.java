package dev.firn.quality.evolution;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One field, or a list's elements or a map's values, through all versions of a subject, whatever it was called in each. */
final class Track {

    private final @Nullable Track parent;
    private final List<Track> children = new ArrayList<>();
    private final NavigableMap<Integer, String> names = new TreeMap<>();

    private Track(@Nullable Track parent) {
        this.parent = parent;
    }

    /** The record itself. */
    static Track root() {
        return new Track(null);
    }

    Track newChild() {
        Track child = new Track(this);
        children.add(child);
        return child;
    }

    /** Where it is in; the record itself is in nothing. */
    Optional<Track> parent() {
        return Optional.ofNullable(parent);
    }

    List<Track> children() {
        return children;
    }

    void seen(int version, String name) {
        names.put(version, name);
    }

    boolean isIn(int version) {
        return names.containsKey(version);
    }

    /** What it was called by the newest of the versions up to one. */
    Optional<String> nameAt(int version) {
        return Optional.ofNullable(names.floorEntry(version)).map(Map.Entry::getValue);
    }

    /** All that it was ever called, newest first. */
    Set<String> namesNewestFirst() {
        return new LinkedHashSet<>(names.descendingMap().values());
    }

    /** Those that it was called before a version, and is not called in it. */
    boolean wasCalled(String name, int before) {
        return names.headMap(before).containsValue(name);
    }
}
