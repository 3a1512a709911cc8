package dev.firn.quality.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A text as the parser wants it, with the way back to the places of what was written. The parser knows one way to quote a name, so
 * {@code "a"} becomes {@code `a`}; and a column may be named by a word of SQL, which is then quoted too.
 */
final class Source {

    private record Rendered(String text, int[] origins) {}

    private final String text;
    private final Tokens tokens;
    private final SortedSet<Integer> quoted = new TreeSet<>();
    private Rendered rendered;

    Source(String text, Tokens tokens) {
        this.text = text;
        this.tokens = tokens;
        rendered = render();
    }

    String forTheParser() {
        return rendered.text();
    }

    /** Quotes the first of these that names a column and is not quoted yet; false where there is none. */
    boolean quoteNext(List<Tokens.Token> stumbled, Collection<String> columns) {
        Optional<Tokens.Token> word = stumbled.stream()
                .filter(token -> token.kind() == Tokens.Kind.WORD)
                .filter(token -> !quoted.contains(token.begin()))
                .filter(token -> columns.contains(token.text()))
                .findFirst();
        word.ifPresent(token -> quoted.add(token.begin()));
        rendered = render();
        return word.isPresent();
    }

    /**
     * What the parser has stumbled over: it stands at the first of these, and the last is the one that it does not take.
     *
     * @param images the tokens as the parser prints them, with spaces between
     */
    List<Tokens.Token> stumbled(SqlParserPos position, String images) {
        int begin = origin(position.getLineNum(), position.getColumnNum());
        List<Tokens.Token> found = new ArrayList<>();
        String rest = images;
        for (Tokens.Token token : tokens.all()) {
            if (token.end() <= begin) {
                continue;
            }
            String image = isQuoted(token) ? inBackticks(token) : token.text();
            if (!found.isEmpty() && !rest.startsWith(image)) {
                break;
            }
            found.add(token);
            rest = rest.substring(Math.min(rest.length(), image.length())).stripLeading();
            if (rest.isEmpty()) {
                break;
            }
        }
        return found;
    }

    Place place(SqlParserPos position) {
        int begin = origin(position.getLineNum(), position.getColumnNum());
        int end = origin(position.getEndLineNum(), position.getEndColumnNum());
        return place(begin, end + 1);
    }

    /** What is written there. */
    String text(SqlParserPos position) {
        int begin = origin(position.getLineNum(), position.getColumnNum());
        return text.substring(
                begin, Math.min(text.length(), origin(position.getEndLineNum(), position.getEndColumnNum()) + 1));
    }

    /** From one character to before another, on the line of the first. */
    Place place(int begin, int end) {
        int from = Math.max(0, Math.min(begin, text.length()));
        int line = 1;
        int start = 0;
        for (int i = 0; i < from; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        int lineEnd = text.indexOf('\n', from);
        int last = Math.min(end, lineEnd < 0 ? text.length() : lineEnd);
        return new Place(line, from - start + 1, Math.max(1, last - from));
    }

    Tokens.Token lastToken() {
        return tokens.last();
    }

    /** The last character, for what lacks something. */
    Place end() {
        return tokens.all().isEmpty()
                ? new Place(1, 1, 1)
                : place(tokens.last().end() - 1, tokens.last().end());
    }

    private int origin(int line, int column) {
        int offset = 0;
        for (int i = 1; i < line; i++) {
            offset = rendered.text().indexOf('\n', offset) + 1;
        }
        int index = Math.min(offset + column - 1, rendered.origins().length - 1);
        return rendered.origins()[Math.max(0, index)];
    }

    private Rendered render() {
        StringBuilder out = new StringBuilder();
        List<Integer> origins = new ArrayList<>();
        int next = 0;
        for (Tokens.Token token : tokens.all()) {
            append(out, origins, text.substring(next, token.begin()), next);
            if (isQuoted(token)) {
                String name = inBackticks(token);
                for (int i = 0; i < name.length(); i++) {
                    origins.add(Math.min(token.begin() + i, token.end() - 1));
                }
                out.append(name);
            } else {
                append(out, origins, token.text(), token.begin());
            }
            next = token.end();
        }
        append(out, origins, text.substring(next), next);
        origins.add(text.length());
        return new Rendered(out.toString(), origins.stream().mapToInt(i -> i).toArray());
    }

    private boolean isQuoted(Tokens.Token token) {
        return token.kind() == Tokens.Kind.QUOTED || quoted.contains(token.begin());
    }

    private static String inBackticks(Tokens.Token token) {
        return "`" + token.name().replace("`", "``") + "`";
    }

    private static void append(StringBuilder out, List<Integer> origins, String part, int begin) {
        out.append(part.replace('\r', ' '));
        for (int i = 0; i < part.length(); i++) {
            origins.add(begin + i);
        }
    }
}
