package dev.firn.definition.table;

import dev.firn.definition.bind.Option;
import java.util.Arrays;

/** What is done about a change of a schema. */
public enum Decision {
    /** The table changes with it. */
    APPLY,
    /** The column stays, and may be null from now on. */
    KEEP_NULLABLE,
    /** The table stays as it is, and rows are written as far as they fit. */
    IGNORE,
    /** Records of the new schema go to quarantine. */
    QUARANTINE,
    /** The table's records wait until somebody has decided. */
    PAUSE_TABLE,
    /** The job ends with the reason. */
    FAIL;

    /** As the file writes it. */
    public String word() {
        return Option.word(this);
    }

    static Decision of(String word) {
        return Arrays.stream(values())
                .filter(decision -> decision.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("our bug: no decision is called `" + word + "`"));
    }
}
