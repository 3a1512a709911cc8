package dev.firn.cli.help;

import java.util.Locale;

/** Prose on a screen of 100 columns. */
public final class Paragraph {

    public static final int COLUMNS = 100;

    private Paragraph() {}

    /** The text in lines that fit, the second and later ones indented. */
    public static String wrapped(String text, String indent) {
        return wrapped(text, "", indent);
    }

    /** The same behind something that the first line begins with. */
    public static String wrapped(String text, String first, String indent) {
        StringBuilder lines = new StringBuilder(first);
        int column = first.length();
        boolean begun = false;
        for (String word : text.split(" ", -1)) {
            if (begun && column + 1 + word.length() > COLUMNS) {
                lines.append("\n").append(indent);
                column = indent.length();
            } else if (begun) {
                lines.append(" ");
                column++;
            }
            lines.append(word);
            column += word.length();
            begun = column > 0;
        }
        return lines.toString();
    }

    /** A library's message in the house's voice. */
    public static String lowerCaseStart(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
