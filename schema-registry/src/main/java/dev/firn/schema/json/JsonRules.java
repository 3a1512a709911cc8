package dev.firn.schema.json;

import dev.firn.schema.avro.Nanoseconds;
import java.io.Serializable;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the file says of how JSON becomes columns where there is a choice.
 *
 * @param jsonFields paths, as complaints name them, of the fields that become a text of JSON
 */
public record JsonRules(Nanoseconds nanoseconds, SortedSet<String> jsonFields, UnknownFields unknownFields)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Nothing is lost but what the schema does not speak of. */
    public static final JsonRules STRICT = new JsonRules(Nanoseconds.REFUSE, new TreeSet<>(), UnknownFields.IGNORE);

    public JsonRules {
        jsonFields = new TreeSet<>(jsonFields);
    }

    boolean isJson(String path) {
        return jsonFields.contains(path);
    }
}
