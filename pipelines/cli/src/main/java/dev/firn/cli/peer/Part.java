package dev.firn.cli.peer;

import dev.firn.definition.layout.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A mapping of the file that is being written, each value with a comment that says what it is made of. */
final class Part {

    private static final String PLAIN = "[A-Za-z_/][A-Za-z0-9_./-]*|[1-9][0-9]*(ms|s|m|h|d)?";
    private static final String WORD_OF_YAML = "(?i)y|n|yes|no|on|off|true|false|null";

    private record Value(String text, String comment) {}

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, List<Part>> lists = new LinkedHashMap<>();

    /** A value that is YAML already. */
    void put(String key, String yaml, String comment) {
        values.put(key, new Value(laidOut(yaml), comment));
    }

    void put(String key, String yaml, Setting from) {
        put(key, yaml, from.key());
    }

    void remove(String key) {
        values.remove(key);
    }

    boolean says(String key, String yaml) {
        return values.containsKey(key) && values.get(key).text().equals(laidOut(yaml));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The mapping behind a key, which comes to be when it is asked for. */
    Part at(String key) {
        return parts.computeIfAbsent(key, made -> new Part());
    }

    /** One more item of a list of mappings. */
    Part add(String key) {
        Part item = new Part();
        lists.computeIfAbsent(key, made -> new ArrayList<>()).add(item);
        return item;
    }

    /** The item of a list whose value under a key is that, made where it is missing. */
    Part item(String list, String key, String yaml) {
        Optional<Part> there = lists.getOrDefault(list, List.of()).stream()
                .filter(item -> item.values.containsKey(key)
                        && item.values.get(key).text().equals(laidOut(yaml)))
                .findFirst();
        return there.orElseGet(() -> {
            Part made = add(list);
            made.put(key, yaml, "");
            return made;
        });
    }

    /** As {@code fmt} writes it, so that the comment behind it stands where it would anyway. */
    private static String laidOut(String yaml) {
        return Layout.of("a value", "value: " + yaml + "\n")
                .value()
                .orElseThrow(() -> new IllegalStateException("our bug: a value that is imported is no YAML"))
                .strip()
                .substring("value: ".length());
    }

    private boolean isEmpty() {
        return values.isEmpty() && parts.values().stream().allMatch(Part::isEmpty) && lists.isEmpty();
    }

    /** An item that is named, and nothing more. */
    private boolean saysNothing() {
        return values.size() < 2 && parts.values().stream().allMatch(Part::isEmpty) && lists.isEmpty();
    }

    /** In block style; the layout that follows puts words into their order. */
    String yaml() {
        return String.join("\n", lines()) + "\n";
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        values.forEach((key, value) -> lines.add(
                text(key) + ": " + value.text() + (value.comment().isEmpty() ? "" : " # " + value.comment())));
        parts.forEach((key, part) -> {
            if (!part.isEmpty()) {
                lines.add(text(key) + ":");
                part.lines().forEach(line -> lines.add("  " + line));
            }
        });
        lists.forEach((key, all) -> {
            List<Part> items = all.stream().filter(item -> !item.saysNothing()).toList();
            if (!items.isEmpty()) {
                lines.add(text(key) + ":");
            }
            for (Part item : items) {
                List<String> inside = item.lines();
                for (int index = 0; index < inside.size(); index++) {
                    lines.add((index == 0 ? "  - " : "    ") + inside.get(index));
                }
            }
        });
        return lines;
    }

    /** A text as a scalar of YAML, quoted unless it is plain for sure. */
    static String text(String text) {
        if (text.matches(PLAIN) && !text.matches(WORD_OF_YAML)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            switch (character) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character < ' ') {
                        quoted.append(String.format("\\x%02x", character));
                    } else {
                        quoted.append((char) character);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** Texts as a list in one line. */
    static String list(List<String> texts) {
        return texts.stream().map(Part::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
