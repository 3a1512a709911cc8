package dev.firn.cli.audit;

import dev.firn.cli.help.Paragraph;

/** A sentence to a figure of a recount. */
public record Note(Kind kind, String sentence) {

    /** What it means for the answer. */
    public enum Kind {
        /** Worth knowing. */
        SAYS,
        /** The world is not as the ledger says, or nobody can tell any more whether it is. */
        WRONG
    }

    public static Note says(String format, Object... values) {
        return new Note(Kind.SAYS, String.format(format, values));
    }

    public static Note wrong(String format, Object... values) {
        return new Note(Kind.WRONG, String.format(format, values));
    }

    /** {@code 1 row}, {@code 4,127 rows}. */
    public static String count(long number, String what) {
        return String.format("%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    boolean isWrong() {
        return kind == Kind.WRONG;
    }

    /** In lines of its own; what is wrong has an arrow. */
    public String text(String indent) {
        String arrow = isWrong() ? "<- " : "";
        return Paragraph.wrapped(sentence, indent + arrow, indent + " ".repeat(arrow.length())) + "\n";
    }
}
