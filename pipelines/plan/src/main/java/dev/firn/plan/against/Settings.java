package dev.firn.plan.against;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Settings of a plan by their names, such as {@code format.registry.url}; lists are one text. */
record Settings(SortedMap<String, String> values) {

    Settings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** A setting that two plans do not have in common; empty where a plan lacks it. */
    record Change(String setting, Optional<String> was, Optional<String> is) {}

    static Settings of(JsonNode object) {
        SortedMap<String, String> values = new TreeMap<>();
        flatten("", object, values);
        return new Settings(values);
    }

    private static void flatten(String prefix, JsonNode object, Map<String, String> values) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = prefix + field.getKey();
            if (field.getValue().isObject()) {
                flatten(name + ".", field.getValue(), values);
            } else {
                values.put(name, text(field.getValue()));
            }
        }
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.isValueNode() ? item.asText() : item.toString()));
        return items.isEmpty() ? "none" : String.join(", ", items);
    }

    Optional<String> of(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** What differs, sorted by name. */
    List<Change> changes(Settings now, Predicate<String> asked) {
        TreeSet<String> names = new TreeSet<>(values.keySet());
        names.addAll(now.values.keySet());
        return names.stream()
                .filter(asked)
                .map(name -> new Change(name, of(name), now.of(name)))
                .filter(change -> !change.was().equals(change.is()))
                .toList();
    }
}
