package dev.firn.definition.yaml;

import java.util.Locale;
import java.util.Set;

/** Writes a text as a scalar: plain where every reader of YAML takes it for text, else between double quotes. */
public final class YamlText {

    private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_.-]*";

    /** What some reader takes for something else. */
    private static final Set<String> NO_TEXT = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private YamlText() {}

    public static String of(String text) {
        return text.matches(PLAIN) && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT)) ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').appendCodePoint(character);
            } else if (Character.isISOControl(character)) {
                quoted.append(String.format("\\u%04x", character));
            } else {
                quoted.appendCodePoint(character);
            }
        });
        return quoted.append('"').toString();
    }
}
