package dev.firn.definition.diagnostic;

import java.util.Locale;

/** How bad it is; only an error keeps a pipeline from running. */
public enum Severity {
    /** It will not run. */
    ERROR,
    /** It runs, but loses data or state. */
    DANGER,
    /** It runs, but probably not as meant. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** The word that is printed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
