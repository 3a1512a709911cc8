package dev.firn.schema.notation.sql;

import dev.firn.schema.notation.sql.SqlToken.Kind;
import dev.firn.spi.notation.NotReadable;
import java.util.ArrayList;
import java.util.List;

/** The tokens of a text of SQL, without its comments, and where a reader stands among them. */
final class SqlTokens {

    private final String text;
    private final Dialect dialect;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int position;
    private int line = 1;
    private int lineStart;
    private int next;

    private SqlTokens(String text, Dialect dialect) {
        this.text = text;
        this.dialect = dialect;
    }

    static SqlTokens of(String text, Dialect dialect) throws NotReadable {
        SqlTokens tokens = new SqlTokens(text, dialect);
        tokens.scan();
        return tokens;
    }

    SqlToken peek() {
        return peek(0);
    }

    SqlToken peek(int ahead) {
        return tokens.get(Math.min(next + ahead, tokens.size() - 1));
    }

    SqlToken take() {
        SqlToken token = peek();
        next++;
        return token;
    }

    /** Takes all of these words if they are what comes next. */
    boolean takes(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        next += words.length;
        return true;
    }

    void require(String mark) throws NotReadable {
        if (!takes(mark)) {
            throw unexpected("`" + mark + "`");
        }
    }

    String name() throws NotReadable {
        if (!peek().isName()) {
            throw unexpected("a name");
        }
        SqlToken token = take();
        return token.kind() == Kind.WORD && dialect.foldsNames()
                ? token.text().toLowerCase(java.util.Locale.ROOT)
                : token.text();
    }

    int number() throws NotReadable {
        SqlToken token = peek();
        if (token.kind() != Kind.NUMBER || !token.text().matches("[0-9]{1,6}")) {
            throw unexpected("a number");
        }
        next++;
        return Integer.parseInt(token.text());
    }

    String string() throws NotReadable {
        if (peek().kind() != Kind.TEXT) {
            throw unexpected("a text in quotes");
        }
        return take().text();
    }

    /** Everything up to the comma or the bracket that ends what stands around it. */
    void skip() {
        int depth = 0;
        while (peek().kind() != Kind.END) {
            boolean ends = depth == 0 && (peek().is(",") || peek().is(")"));
            if (ends) {
                return;
            }
            depth += peek().is("(") ? 1 : peek().is(")") ? -1 : 0;
            next++;
        }
    }

    NotReadable unexpected(String wanted) {
        return new NotReadable(peek().place() + ": there is " + peek().shown() + " where " + wanted + " should be");
    }

    private void scan() throws NotReadable {
        while (position < text.length()) {
            char character = text.charAt(position);
            if (character == '\n') {
                line++;
                position++;
                lineStart = position;
            } else if (Character.isWhitespace(character)) {
                position++;
            } else if (text.startsWith("--", position)) {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", position)) {
                skipComment();
            } else {
                token(character);
            }
        }
        add(Kind.END, "", position);
    }

    private void skipComment() throws NotReadable {
        int end = text.indexOf("*/", position + 2);
        if (end < 0) {
            throw new NotReadable(place(position) + ": a comment begins here that does not end");
        }
        countLines(position, end);
        position = end + 2;
    }

    private void token(char character) throws NotReadable {
        int begin = position;
        if (character == '\'') {
            quoted(Kind.TEXT, '\'');
        } else if (character == '`' || character == '"') {
            // Spark takes both quotes for texts.
            quoted(character == '"' && dialect == Dialect.SPARK ? Kind.TEXT : Kind.NAME, character);
        } else if (Character.isDigit(character)) {
            while (position < text.length() && isOfNumber(text.charAt(position))) {
                position++;
            }
            add(Kind.NUMBER, text.substring(begin, position), begin);
        } else if (Character.isLetter(character) || character == '_') {
            while (position < text.length() && isOfWord(text.charAt(position))) {
                position++;
            }
            add(Kind.WORD, text.substring(begin, position), begin);
        } else {
            position++;
            add(Kind.MARK, String.valueOf(character), begin);
        }
    }

    private static boolean isOfWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '$';
    }

    private static boolean isOfNumber(char character) {
        return Character.isDigit(character) || character == '.';
    }

    private void quoted(Kind kind, char quote) throws NotReadable {
        int begin = position;
        StringBuilder read = new StringBuilder();
        boolean backslash = kind == Kind.TEXT && dialect.escapesWithBackslash();
        position++;
        while (position < text.length()) {
            char character = text.charAt(position);
            if (character == quote && position + 1 < text.length() && text.charAt(position + 1) == quote) {
                position++;
            } else if (character == quote) {
                add(kind, read.toString(), begin);
                countLines(begin, position);
                position++;
                return;
            } else if (character == '\\' && backslash && position + 1 < text.length()) {
                position++;
                character = unescaped(text.charAt(position));
            }
            read.append(character);
            position++;
        }
        throw new NotReadable(
                place(begin) + ": a " + (kind == Kind.TEXT ? "text" : "name") + " begins here that does not end");
    }

    private static char unescaped(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> escaped;
        };
    }

    private void countLines(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
    }

    private void add(Kind kind, String said, int begin) {
        tokens.add(new SqlToken(kind, said, line, begin - lineStart + 1));
    }

    private String place(int begin) {
        return "line " + line + ", column " + (begin - lineStart + 1);
    }
}
