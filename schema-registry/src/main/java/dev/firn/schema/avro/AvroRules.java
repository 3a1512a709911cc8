package dev.firn.schema.avro;

import java.io.Serializable;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the file says of how Avro becomes columns where there is a choice.
 *
 * @param jsonFields Avro paths, as complaints name them, of the fields that become a text of JSON
 */
public record AvroRules(Nanoseconds nanoseconds, SortedSet<String> jsonFields) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nothing is lost and nothing is made a text. */
    public static final AvroRules STRICT = new AvroRules(Nanoseconds.REFUSE, new TreeSet<>());

    public AvroRules {
        jsonFields = new TreeSet<>(jsonFields);
    }

    boolean isJson(String path) {
        return jsonFields.contains(path);
    }

    /** The same for what stands at a path, when it is looked at by itself under a name. */
    public AvroRules at(String path, String name) {
        SortedSet<String> there = new TreeSet<>();
        for (String field : jsonFields) {
            if (field.startsWith(path) && isEndOfStep(field, path.length())) {
                there.add(name + field.substring(path.length()));
            }
        }
        return new AvroRules(nanoseconds, there);
    }

    private static boolean isEndOfStep(String path, int at) {
        return at == path.length() || ".[{".indexOf(path.charAt(at)) >= 0;
    }
}
