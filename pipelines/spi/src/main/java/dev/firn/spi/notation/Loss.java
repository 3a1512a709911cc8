package dev.firn.spi.notation;

/**
 * Something that a notation can't keep as it was.
 *
 * @param path such as {@code lines[].price}; {@code []} is a list's item, {@code {}} a map's value, {@code {key}} its key;
 *     empty for the record itself
 * @param sentence what becomes of it
 */
public record Loss(Kind kind, String path, String sentence) {

    /** How much of it is lost. */
    public enum Kind {
        /** It is not there any more. */
        LOST,
        /** It is there in another form: in a type that holds all its values, or under another name. */
        CHANGED
    }

    /** Where and what, in a line. */
    public String line() {
        return (path.isEmpty() ? "the record" : "`" + path + "`") + ": " + sentence;
    }
}
