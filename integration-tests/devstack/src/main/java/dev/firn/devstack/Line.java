package dev.firn.devstack;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line of the protocol: a verb and its fields, separated by tabs; backslash, tab and line breaks are escaped. */
record Line(String verb, List<String> fields) {

    Line {
        fields = List.copyOf(fields);
    }

    static Line of(String verb, Object... fields) {
        return new Line(verb, Stream.of(fields).map(String::valueOf).toList());
    }

    static Line parse(String text) {
        List<String> parts =
                Stream.of(text.split("\t", -1)).map(Line::unescaped).toList();
        return new Line(parts.get(0), parts.subList(1, parts.size()));
    }

    String text() {
        return Stream.concat(Stream.of(verb), fields.stream())
                .map(Line::escaped)
                .collect(Collectors.joining("\t"));
    }

    String field(int index) {
        return fields.get(index);
    }

    int number(int index) {
        return Integer.parseInt(field(index));
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescaped(String field) {
        StringBuilder plain = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char character = field.charAt(i);
            if (character == '\\' && i + 1 < field.length()) {
                i++;
                character = meaning(field.charAt(i));
            }
            plain.append(character);
        }
        return plain.toString();
    }

    private static char meaning(char escape) {
        return switch (escape) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> escape;
        };
    }
}
