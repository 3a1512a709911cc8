package dev.firn.definition.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks words into lines that fit a screen; what stands in backticks stays together. */
public final class Wrapping {

    static final int COLUMNS = 100;

    private static final Pattern WORD = Pattern.compile("(?:`[^`]*`|[^\\s`])+|`");

    private Wrapping() {}

    /** The label, then the words, each further line indented to stand below the first word. */
    public static List<String> wrap(String label, String words) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(label.length());
        StringBuilder line = new StringBuilder(label);
        boolean empty = true;
        Matcher matcher = WORD.matcher(words);
        while (matcher.find()) {
            if (!empty && line.length() + 1 + matcher.group().length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(matcher.group());
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
