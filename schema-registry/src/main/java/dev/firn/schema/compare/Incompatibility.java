package dev.firn.schema.compare;

/**
 * What keeps one schema from reading what another has written.
 *
 * @param path in the reader's schema; empty for the record itself
 * @param why a sentence in which `the reader` is the schema that reads
 */
public record Incompatibility(Reader reader, String path, String why) {

    /** Which of the two reads. */
    public enum Reader {
        NEW,
        OLD
    }
}
