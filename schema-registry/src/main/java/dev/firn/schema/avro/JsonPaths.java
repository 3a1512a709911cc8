package dev.firn.schema.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Under which names writers may have known the fields that a file wants as JSON. */
final class JsonPaths {

    /** More names than people give; each step of a path multiplies them. */
    private static final int MOST = 100;

    private JsonPaths() {}

    /** Each path, and what it was with the former names that a reader's schema knows. */
    static SortedSet<String> withFormerNames(SortedSet<String> paths, Schema reader) {
        SortedSet<String> all = new TreeSet<>(paths);
        for (String path : paths) {
            all.addAll(known(path, reader));
        }
        return all;
    }

    private static List<String> known(String path, Schema reader) {
        List<String> known = List.of("");
        @Nullable Schema schema = reader;
        for (String step : path.split("\\.")) {
            String name = step.replaceAll("(\\[]|\\{})+$", "");
            String marks = step.substring(name.length());
            List<String> longer = new ArrayList<>();
            for (String parent : known) {
                for (String alike : namesOf(name, schema)) {
                    longer.add(ColumnMapping.child(parent, alike) + marks);
                }
            }
            known = longer.subList(0, Math.min(longer.size(), MOST));
            schema = inside(schema, name, marks.length() / 2);
        }
        return known;
    }

    private static List<String> namesOf(String name, @Nullable Schema record) {
        List<String> names = new ArrayList<>(List.of(name));
        Schema.@Nullable Field field = field(record, name);
        if (field != null) {
            names.addAll(new TreeSet<>(field.aliases()));
        }
        return names;
    }

    /** What stands behind a step: a field's schema, or a branch's, and of that the items or values so many times. */
    private static @Nullable Schema inside(@Nullable Schema schema, String name, int containers) {
        Schema.@Nullable Field field = field(schema, name);
        @Nullable Schema found = field != null ? field.schema() : branch(schema, name);
        for (int i = 0; i < containers && found != null; i++) {
            Schema present = Unions.withoutNull(found);
            boolean holds = present.getType() == Schema.Type.ARRAY || present.getType() == Schema.Type.MAP;
            found = holds ? Containers.element(present) : null;
        }
        return found == null ? null : Unions.withoutNull(found);
    }

    private static Schema.@Nullable Field field(@Nullable Schema record, String name) {
        return record != null && record.getType() == Schema.Type.RECORD ? record.getField(name) : null;
    }

    private static @Nullable Schema branch(@Nullable Schema union, String name) {
        if (union == null || !union.isUnion()) {
            return null;
        }
        return Unions.branches(union).stream()
                .filter(branch -> Unions.columnOf(branch).equals(name))
                .findFirst()
                .orElse(null);
    }
}
