package dev.firn.connector.iceberg;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** A table's columns and all places in them by their field ids; a map's keys are no place. */
final class ColumnTree {

    private final Schema schema;
    private final Map<Integer, String> paths = new TreeMap<>();
    private final Map<Integer, Integer> parents;
    private final Map<Integer, Types.NestedField> fields;

    ColumnTree(Schema schema) {
        this.schema = schema;
        PlaceIds.of(schema).forEach((path, id) -> paths.put(id, path));
        this.parents = new HashMap<>(TypeUtil.indexParents(schema.asStruct()));
        this.fields = TypeUtil.indexById(schema.asStruct());
    }

    Schema schema() {
        return schema;
    }

    boolean has(int id) {
        return paths.containsKey(id);
    }

    /** Every place, in the order of the ids. */
    Set<Integer> ids() {
        return paths.keySet();
    }

    String path(int id) {
        return Optional.ofNullable(paths.get(id))
                .orElseThrow(() -> new IllegalStateException("our bug: no column has the id " + id));
    }

    Types.NestedField field(int id) {
        return Optional.ofNullable(fields.get(id))
                .orElseThrow(() -> new IllegalStateException("our bug: no column has the id " + id));
    }

    /** Whether it is a field of the table or of a struct, so that it has a name and can go. */
    boolean isNamed(int id) {
        return parent(id).map(parent -> field(parent).type().isStructType()).orElse(true);
    }

    /** What it is in; empty for a column of the table. */
    Optional<Integer> parent(int id) {
        return Optional.ofNullable(parents.get(id));
    }

    boolean isInside(int id, Collection<Integer> others) {
        Optional<Integer> around = parent(id);
        while (around.isPresent()) {
            if (others.contains(around.get())) {
                return true;
            }
            around = parent(around.get());
        }
        return false;
    }

    /** All places in one. */
    Set<Integer> inside(int id) {
        Set<Integer> inside = new LinkedHashSet<>();
        ids().stream().filter(other -> isInside(other, Set.of(id))).forEach(inside::add);
        return inside;
    }

    /** Those of the same struct, or of the table, but for itself. */
    Set<Integer> siblings(int id) {
        Set<Integer> siblings = new LinkedHashSet<>();
        ids().stream()
                .filter(other -> other != id && isNamed(other) && parent(other).equals(parent(id)))
                .forEach(siblings::add);
        return siblings;
    }

    /**
     * Where the values of those ids are: a field that may have one of several types is bound to a struct only, and goes to any column in
     * it.
     */
    Set<Integer> written(Set<Integer> bound) {
        Set<Integer> written = new LinkedHashSet<>(bound);
        for (int id : bound) {
            if (has(id)) {
                Set<Integer> inside = inside(id);
                if (inside.stream().noneMatch(bound::contains)) {
                    written.addAll(inside);
                }
            }
        }
        return written;
    }
}
