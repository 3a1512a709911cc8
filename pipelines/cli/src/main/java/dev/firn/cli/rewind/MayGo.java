package dev.firn.cli.rewind;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a rewind refuses unless {@code --allow} names it, because rows go or double if it is not meant. */
public enum MayGo {
    /** What others have done to the tables since goes, too. */
    FOREIGN_SNAPSHOTS,
    /** A table that had rows is gone or was made anew: brought back later, it would still have them. */
    TABLE_DROPPED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<MayGo> named(String word) {
        return Arrays.stream(values()).filter(code -> code.word().equals(word)).findFirst();
    }
}
