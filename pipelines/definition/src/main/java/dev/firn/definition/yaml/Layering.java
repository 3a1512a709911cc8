package dev.firn.definition.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lays one mapping over another: scalars and lists replace, mappings merge by key, and what stands under such a key
 * replaces again. Each value keeps the place that it stands in.
 */
public final class Layering {

    private Layering() {}

    public static Node.Mapping over(Node.Mapping below, Node.Mapping above) {
        Map<String, Node.Entry> entries = entries(below);
        for (Node.Entry entry : above.entries()) {
            entries.merge(entry.key().text(), entry, Layering::merged);
        }
        return new Node.Mapping(entries.values().stream().toList(), below.span());
    }

    /** The same mapping with another value under a key that it has. */
    public static Node.Mapping replaced(Node.Mapping mapping, String key, Node value) {
        return new Node.Mapping(
                mapping.entries().stream()
                        .map(entry -> entry.key().text().equals(key) ? new Node.Entry(entry.key(), value) : entry)
                        .toList(),
                mapping.span());
    }

    private static Node.Entry merged(Node.Entry below, Node.Entry above) {
        if (!(below.value() instanceof Node.Mapping lower) || !(above.value() instanceof Node.Mapping upper)) {
            return above;
        }
        Map<String, Node.Entry> entries = entries(lower);
        Stream.of(upper)
                .flatMap(mapping -> mapping.entries().stream())
                .forEach(entry -> entries.put(entry.key().text(), entry));
        return new Node.Entry(
                below.key(), new Node.Mapping(entries.values().stream().toList(), lower.span()));
    }

    private static Map<String, Node.Entry> entries(Node.Mapping mapping) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> entries.put(entry.key().text(), entry));
        return entries;
    }
}
