package dev.firn.cli.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Flink CDC's way to select tables: regular expressions between dots, in which a dot that means any character has a
 * backslash.
 */
final class CdcNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$-]+");
    private static final String ANYTHING = ".*";

    private CdcNames() {}

    /** The same for Firn: a name, a name with {@code *}, or an expression between slashes. */
    static String selector(String text) {
        List<String> parts = parts(text);
        if (parts.stream()
                .allMatch(part -> part.equals(ANYTHING) || NAME.matcher(part).matches())) {
            return parts.stream()
                    .map(part -> part.equals(ANYTHING) ? "*" : part)
                    .collect(Collectors.joining("."));
        }
        return "/" + parts.stream().map(CdcNames::inExpression).collect(Collectors.joining("\\.")) + "/";
    }

    /** The same, with the last part, the table's name, in a group of its own. */
    static Captured captured(String text) {
        String selector = selector(text);
        List<String> parts = parts(text);
        String last = parts.get(parts.size() - 1);
        if (!selector.startsWith("/")) {
            long stars = selector.chars().filter(character -> character == '*').count();
            if (last.equals(ANYTHING)) {
                return new Captured(selector, "$" + stars);
            }
            return new Captured(selector, last);
        }
        String before = parts.subList(0, parts.size() - 1).stream()
                .map(CdcNames::inExpression)
                .map(part -> part + "\\.")
                .collect(Collectors.joining());
        int groups = Pattern.compile(before).matcher("").groupCount();
        return new Captured("/" + before + "(" + inExpression(last) + ")/", "$" + (groups + 1));
    }

    /**
     * A selector.
     *
     * @param name what stands for the table's name in a route's target
     */
    record Captured(String selector, String name) {}

    /** The parts of the name, as regular expressions. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '\\' && index + 1 < text.length()) {
                char next = text.charAt(++index);
                part.append(next == '.' ? "." : "\\" + next);
            } else if (character == '.') {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }

    /** Whether a part is a name and no expression. */
    static boolean isName(String part) {
        return NAME.matcher(part).matches();
    }

    private static String inExpression(String part) {
        return isName(part) ? Pattern.quote(part).equals(part) ? part : part.replace("$", "\\$") : part;
    }
}
