package dev.firn.definition.layout;

import java.util.regex.Pattern;

/** Which texts need no quotes. */
final class PlainText {

    /** What a reader of YAML 1.1 or of 1.2 takes for a truth, a number, a time or nothing. */
    private static final Pattern NO_TEXT = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|~|=|<<"
            + "|[-+]?[0-9][0-9_]*|[-+]?0b[01_]+|[-+]?0x[0-9a-f_]+|[-+]?0o[0-7_]+"
            + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
            + "|[-+]?(\\.[0-9_]+|[0-9][0-9_]*(\\.[0-9_]*)?)(e[-+]?[0-9]+)?"
            + "|[-+]?\\.inf|\\.nan"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t \\t].*)?");

    private static final String NEVER_FIRST = ",[]{}#&*!|>'\"%@`?:-=";

    /** Of these YAML forbids all but the colon, and old readers that one too: {@code {url: "http://registry"}}. */
    private static final String NOT_IN_FLOW = ",[]{}:";

    private PlainText() {}

    /** Whether quotes around a text say that it is one. */
    static boolean isAmbiguous(String text) {
        return text.isEmpty() || NO_TEXT.matcher(text).matches();
    }

    /** Whether a text without quotes is read as it stands. */
    static boolean suits(String text, boolean inFlow) {
        return !text.isEmpty()
                && !text.startsWith(" ")
                && !text.endsWith(" ")
                && startsWell(text)
                && !text.contains(": ")
                && !text.endsWith(":")
                && !text.contains(" #")
                && isVisible(text)
                && !(inFlow && text.chars().anyMatch(character -> NOT_IN_FLOW.indexOf(character) >= 0));
    }

    /** {@code -5} and {@code -x} are plain; what starts with another indicator is better in quotes. */
    private static boolean startsWell(String text) {
        if (text.startsWith("---") || text.startsWith("...")) {
            return false;
        }
        char first = text.charAt(0);
        return NEVER_FIRST.indexOf(first) < 0
                || (first == '-' && text.length() > 1 && Character.isLetterOrDigit(text.charAt(1)));
    }

    /** Whether each character can be seen for what it is. */
    static boolean isVisible(String text) {
        return text.codePoints().allMatch(PlainText::isVisible);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }
}
