package dev.firn.cli.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a run refuses unless {@code --allow} names it, because it loses or doubles rows if it is not meant. */
public enum Allowed {
    /** A table that had rows is gone or was made anew: it is filled from here on only. */
    TABLE_DROPPED,
    /** A source has another name than when it was read: it is read again. */
    SOURCE_RENAMED,
    /** A stream is read by another source of the file than before: it is read again. */
    STREAM_MOVED,
    /** Another pipeline has written to one of the tables what this one is about to read. */
    WRITTEN_BY_ANOTHER,
    /** Two sources read one stream into one table: each row is there twice. */
    READ_TWICE,
    /** A partition has lost the end of what was read: what was written in its place is not read. */
    PARTITION_CUT_OFF;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Allowed> named(String word) {
        return Arrays.stream(values()).filter(code -> code.word().equals(word)).findFirst();
    }
}
