package dev.firn.definition.layout;

import dev.firn.definition.layout.Written.Leaf;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** How a single value is written: without quotes where they say nothing. */
final class ScalarText {

    private ScalarText() {}

    /** On one line, as a key or between brackets. */
    static String onOneLine(Leaf leaf, boolean inFlow) {
        if (isPlainLine(leaf)) {
            return leaf.text();
        }
        boolean bare = PlainText.suits(leaf.text(), inFlow) && (leaf.isPlain() || !PlainText.isAmbiguous(leaf.text()));
        return bare ? leaf.text() : quoted(leaf);
    }

    /** In a block: the first line and those below it, without their indentation. */
    static List<String> inBlock(Leaf leaf) {
        if (leaf.isBlock()) {
            return block(leaf);
        }
        return leaf.lines().size() > 1 && staysAsItIs(String.join("", leaf.lines()))
                ? asWritten(leaf)
                : List.of(onOneLine(leaf, false));
    }

    private static boolean isPlainLine(Leaf leaf) {
        return leaf.isPlain() && leaf.lines().size() == 1 && staysAsItIs(leaf.text());
    }

    /** At the start of a line a byte order mark would go, and dashes or dots would be those between documents. */
    private static boolean staysAsItIs(String written) {
        return PlainText.isVisible(written) && !written.startsWith("---") && !written.startsWith("...");
    }

    private static String quoted(Leaf leaf) {
        String text = leaf.text();
        if (text.indexOf('"') < 0 && text.indexOf('\\') < 0 && PlainText.isVisible(text)) {
            return '"' + text + '"';
        }
        boolean quotes = leaf.style() == ScalarStyle.SINGLE_QUOTED || leaf.style() == ScalarStyle.DOUBLE_QUOTED;
        return quotes && leaf.lines().size() == 1 ? leaf.lines().get(0) : escaped(text);
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                default -> {
                    String one = Character.toString(character);
                    escaped.append(PlainText.isVisible(one) ? one : numbered(character));
                }
            }
        });
        return escaped.append('"').toString();
    }

    private static String numbered(int character) {
        return String.format(character > 0xFFFF ? "\\U%08X" : "\\u%04X", character);
    }

    /** Line by line: where a long text breaks is its author's. */
    private static List<String> asWritten(Leaf leaf) {
        List<String> lines = new ArrayList<>();
        int last = leaf.lines().size() - 1;
        for (int number = 0; number <= last; number++) {
            String line = leaf.lines().get(number);
            String begun = number == 0 ? line : withoutBlankStart(line);
            lines.add(number == last ? begun : withoutBlankEnd(begun));
        }
        return lines;
    }

    private static String withoutBlankStart(String line) {
        int start = 0;
        while (start < line.length() && Characters.isBlank(line.charAt(start))) {
            start++;
        }
        return line.substring(start);
    }

    /** A blank behind a backslash is escaped, and stays. */
    private static String withoutBlankEnd(String line) {
        int end = line.length();
        while (end > 0 && Characters.isBlank(line.charAt(end - 1))) {
            end--;
        }
        int slashes = 0;
        while (slashes < end && line.charAt(end - 1 - slashes) == '\\') {
            slashes++;
        }
        return line.substring(0, slashes % 2 == 1 && end < line.length() ? end + 1 : end);
    }

    private static List<String> block(Leaf leaf) {
        String text = leaf.text();
        String body = text.replaceFirst("\n+\\z", "");
        boolean folded = leaf.style() == ScalarStyle.FOLDED;
        if (!isVisible(body) || body.isBlank() || (folded && !isSimplyFolded(leaf, body))) {
            return List.of(onOneLine(leaf, false));
        }
        List<String> lines = new ArrayList<>(folded ? foldedLines(leaf) : List.of(body.split("\n", -1)));
        String first =
                lines.stream().filter(line -> !line.isEmpty()).findFirst().orElseThrow();
        int breaks = text.length() - body.length();
        String header = (folded ? ">" : "|")
                + (first.startsWith(" ") ? "2" : "")
                + (breaks == 0 ? "-" : breaks == 1 ? "" : "+");
        for (int empty = 1; empty < breaks; empty++) {
            lines.add("");
        }
        lines.add(0, header);
        return lines;
    }

    /** Lines of blanks are text or none by their length, and where lines start is a matter of the header. */
    private static boolean isSimplyFolded(Leaf leaf, String body) {
        return isVisible(String.join("\n", leaf.lines()))
                && !BlockHeader.indents(leaf.lines().get(0))
                && !isSpaces(body.substring(body.lastIndexOf('\n') + 1));
    }

    private static boolean isVisible(String lines) {
        return PlainText.isVisible(lines.replace('\n', ' ').replace('\t', ' '));
    }

    private static List<String> foldedLines(Leaf leaf) {
        List<String> lines = leaf.lines().subList(1, leaf.lines().size());
        int indentation = lines.stream()
                .filter(line -> !isSpaces(line))
                .findFirst()
                .map(ScalarText::leadingSpaces)
                .orElseThrow();
        List<String> content = new ArrayList<>();
        for (String line : lines) {
            content.add(line.substring(Math.min(indentation, leadingSpaces(line))));
        }
        while (content.get(content.size() - 1).isEmpty()) {
            content.remove(content.size() - 1);
        }
        return content;
    }

    private static boolean isSpaces(String line) {
        return leadingSpaces(line) == line.length();
    }

    private static int leadingSpaces(String line) {
        int spaces = 0;
        while (spaces < line.length() && line.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }
}
