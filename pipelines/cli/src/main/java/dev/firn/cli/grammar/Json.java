package dev.firn.cli.grammar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints maps, lists and values as JSON, two spaces a level; the keys of a map in its order, or sorted where it has none. */
final class Json {

    private Json() {}

    static String print(Object value) {
        return print(value, "\n") + "\n";
    }

    private static String print(Object value, String line) {
        if (value instanceof Map<?, ?> map) {
            Map<?, ?> ordered = map instanceof LinkedHashMap ? map : new TreeMap<>(map);
            return ordered.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + print(entry.getValue(), line + "  "))
                    .collect(Collectors.joining("," + line + "  ", "{" + line + "  ", line + "}"))
                    .replaceFirst("^\\{\\s+}$", "{}");
        }
        if (value instanceof List<?> list) {
            boolean plain = list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
            String between = plain ? " " : line + "  ";
            return list.stream()
                    .map(item -> print(item, line + "  "))
                    .collect(Collectors.joining(
                            "," + between, plain ? "[" : "[" + line + "  ", plain ? "]" : line + "]"));
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
