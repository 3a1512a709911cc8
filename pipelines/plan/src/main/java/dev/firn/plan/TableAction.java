package dev.firn.plan;

import java.util.Locale;

/** What will happen to a table when the pipeline starts. */
public enum TableAction {
    /** It is not there yet. */
    CREATE,
    /** It is there and fits. */
    NOTHING,
    /** Nobody asked whether it is there: the plan was made offline, or the catalog did not answer. */
    UNKNOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
