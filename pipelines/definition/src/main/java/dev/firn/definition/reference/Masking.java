package dev.firn.definition.reference;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps secrets off every screen: a value that fills a secret place is printed only where it is nothing but a reference. */
public final class Masking {

    /** What stands in the place of a value. */
    public static final String MASK = "***";

    private static final Pattern SECRET_KEY = Pattern.compile(".*(password|secret|token|\\.jaas\\.|credential).*");
    /** Wider than for settings: in a line that is printed because it is wrong, the key may be misspelt. */
    private static final Pattern SECRET_KEY_IN_LINE =
            Pattern.compile("(?i)[\\w.-]*(pas+w|pwd|secret|token|jaas|credential)[\\w.-]*['\"]?:\\s+");

    private static final Pattern QUOTED = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"?|'(?:''|[^'])*'?");
    private static final Pattern PLAIN_IN_FLOW = Pattern.compile("[^,}\\]]*");

    private Masking() {}

    /** Whether a foreign setting's name says that its value is a secret, such as {@code sasl.jaas.config}. */
    public static boolean looksSecret(String key) {
        return SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).matches();
    }

    /** A foreign setting as it may be printed. */
    public static String shown(String key, Text value) {
        return looksSecret(key) ? masked(value.raw()) : value.raw();
    }

    /** A secret as it may be printed: the reference, or the mask for anything written out. */
    public static String masked(String raw) {
        List<Reference> references = References.in(raw);
        boolean onlyReference = references.size() == 1
                && references.get(0).raw().equals(raw)
                && (references.get(0).kind() != Reference.Kind.ENV
                        || references.get(0).detail().isEmpty());
        return onlyReference ? raw : MASK;
    }

    /** A line of a YAML file as it may be printed; the columns stay where they are. */
    public static String line(String line) {
        StringBuilder shown = new StringBuilder(line);
        Matcher key = SECRET_KEY_IN_LINE.matcher(line);
        int from = 0;
        while (from < line.length() && key.find(from)) {
            int end = endOfValue(line, key.start(), key.end());
            String value = line.substring(key.end(), end);
            if (masked(unquoted(value)).equals(MASK)) {
                shown.replace(key.end(), end, value.replaceAll("\\S", "*"));
            }
            from = Math.max(end, key.end());
        }
        return shown.toString();
    }

    private static int endOfValue(String line, int key, int value) {
        Matcher quoted = QUOTED.matcher(line).region(value, line.length());
        if (quoted.lookingAt()) {
            return quoted.end();
        }
        boolean inFlow = !line.substring(0, key).matches("[\\s'\"-]*");
        Matcher plain = PLAIN_IN_FLOW.matcher(line).region(value, line.length());
        return inFlow && !line.startsWith("{", value) && !line.startsWith("[", value) && plain.lookingAt()
                ? plain.end()
                : line.length();
    }

    private static String unquoted(String value) {
        String text = value.strip();
        return text.length() > 1 && (text.startsWith("'") || text.startsWith("\""))
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
