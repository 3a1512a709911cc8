package dev.firn.definition.table;

/** What happens to a row that is not as it should be. */
public enum Otherwise {
    /** It goes to the quarantine, with the reason. */
    QUARANTINE,
    /** It is left out, and counted under the rule's name. */
    DROP,
    /** It is written, and a column says which rules it broke. */
    TAG,
    /** The job ends with the reason. */
    FAIL
}
