package dev.firn.schema.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A schema with the files that it imports, as one text: the {@code .proto} text alone where it imports nothing that has to be
 * fetched, else a JSON object of both. No {@code .proto} text starts with a brace.
 *
 * @param imports the other files, by the path that they are imported under
 */
public record ProtobufText(String proto, SortedMap<String, String> imports) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Parts> PARTS = new TypeReference<>() {};

    private record Parts(String proto, Map<String, String> imports) {}

    public ProtobufText {
        imports = Collections.unmodifiableSortedMap(new TreeMap<>(imports));
    }

    /** @throws IllegalArgumentException if it starts like the JSON object and is none */
    public static ProtobufText of(String text) {
        if (!text.startsWith("{")) {
            return new ProtobufText(text, new TreeMap<>());
        }
        try {
            Parts parts = JSON.readValue(text, PARTS);
            return new ProtobufText(parts.proto(), new TreeMap<>(parts.imports()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it starts with a brace, which no `.proto` file does", e);
        }
    }

    public String text() {
        if (imports.isEmpty()) {
            return proto;
        }
        try {
            return JSON.writeValueAsString(new Parts(proto, imports));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our bug: two texts can't be JSON", e);
        }
    }
}
