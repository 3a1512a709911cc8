package dev.firn.schema.notation.sql;

/**
 * A word, a number, a text or a mark of a statement.
 *
 * @param text without quotes
 * @param line from 1
 * @param column from 1
 */
record SqlToken(Kind kind, String text, int line, int column) {

    enum Kind {
        WORD,
        /** A name in quotes, which is never a word of SQL. */
        NAME,
        NUMBER,
        TEXT,
        MARK,
        END
    }

    /** Whether it is that word of SQL, in whatever case, or that mark. */
    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.MARK) && text.equalsIgnoreCase(word);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    /** As messages show it. */
    String shown() {
        return kind == Kind.END ? "the end" : "`" + text + "`";
    }

    String place() {
        return "line " + line + ", column " + column;
    }
}
