package dev.firn.quality.expression;

import java.util.ArrayList;
import java.util.List;

/** The words, names and texts that an expression is made of, just well enough to know where each is. */
final class Tokens {

    enum Kind {
        WORD,
        QUOTED,
        TEXT,
        SIGN
    }

    /** @param end behind its last character */
    record Token(Kind kind, String text, int begin, int end) {

        /** Without its quotes. */
        String name() {
            if (kind != Kind.QUOTED) {
                return text;
            }
            String quote = text.substring(0, 1);
            return text.substring(1, text.length() - 1).replace(quote + quote, quote);
        }
    }

    /** A quote that nothing ends. */
    static final class Unended extends Exception {

        private static final long serialVersionUID = 1;

        private final int begin;
        private final char quote;

        Unended(int begin, char quote) {
            super("unended", null, false, false);
            this.begin = begin;
            this.quote = quote;
        }

        int begin() {
            return begin;
        }

        String sentence() {
            return quote == '\''
                    ? "a text starts here and does not end"
                    : quote == '/' ? "a comment starts here and does not end" : "a name starts here and does not end";
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();

    private Tokens(String text) {
        this.text = text;
    }

    static Tokens of(String text) throws Unended {
        Tokens tokens = new Tokens(text);
        int next = 0;
        while (next < text.length()) {
            next = tokens.read(next);
        }
        return tokens;
    }

    List<Token> all() {
        return tokens;
    }

    Token last() {
        return tokens.get(tokens.size() - 1);
    }

    private int read(int begin) throws Unended {
        char c = text.charAt(begin);
        if (Character.isWhitespace(c)) {
            return begin + 1;
        }
        if (text.startsWith("--", begin)) {
            int end = text.indexOf('\n', begin);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", begin)) {
            int end = text.indexOf("*/", begin + 2);
            if (end < 0) {
                throw new Unended(begin, '/');
            }
            return end + 2;
        }
        if (c == '\'' || c == '"' || c == '`') {
            return add(c == '\'' ? Kind.TEXT : Kind.QUOTED, begin, endOfQuote(begin, c));
        }
        int end = begin;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || text.charAt(end) == '_'
                        || text.charAt(end) == '$')) {
            end++;
        }
        return end > begin ? add(Kind.WORD, begin, end) : add(Kind.SIGN, begin, begin + 1);
    }

    private int add(Kind kind, int begin, int end) {
        tokens.add(new Token(kind, text.substring(begin, end), begin, end));
        return end;
    }

    private int endOfQuote(int begin, char quote) throws Unended {
        int end = begin + 1;
        while (true) {
            end = text.indexOf(quote, end);
            if (end < 0) {
                throw new Unended(begin, quote);
            }
            if (end + 1 >= text.length() || text.charAt(end + 1) != quote) {
                return end + 1;
            }
            end += 2;
        }
    }
}
