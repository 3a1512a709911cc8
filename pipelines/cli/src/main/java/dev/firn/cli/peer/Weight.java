package dev.firn.cli.peer;

import java.util.Locale;

/** How much a finding matters; the heaviest is told first. */
public enum Weight {
    /** Rows are lost, doubled or somewhere else unless somebody acts. */
    DANGER,
    /** Somebody has to fill in what the file does not say. */
    TO_DO,
    /** A secret stood there in clear. */
    SECRET,
    /** It is done in another way. */
    DIFFERS,
    /** It is not done. */
    LEFT_OUT;

    /** As it is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
