package dev.firn.spi.notation;

/**
 * A place that a notation has no words for.
 *
 * @param wayOut what to do, in the imperative
 */
public record Misfit(String path, String why, String wayOut) {

    /** Where, why and what to do, in a line. */
    public String line() {
        return (path.isEmpty() ? "the record" : "`" + path + "`") + ": " + why + "; " + wayOut;
    }
}
