package dev.firn.cli.help;

import java.util.Locale;

/** Prose on a screen of 100 columns. */
public final class Paragraph {

    public static final int COLUMNS = 100;

    private Paragraph() {}

    /** The text in lines that fit, the second and later ones indented. */
    public static String wrapped(String text, String indent) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ", -1)) {
            if (column > 0 && column + 1 + word.length() > COLUMNS) {
                lines.append("\n").append(indent);
                column = indent.length();
            } else if (column > 0) {
                lines.append(" ");
                column++;
            }
            lines.append(word);
            column += word.length();
        }
        return lines.toString();
    }

    /** A library's message in the house's voice. */
    public static String lowerCaseStart(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
