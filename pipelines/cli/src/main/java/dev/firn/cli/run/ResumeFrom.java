package dev.firn.cli.run;

/** What a run may be told to go on from. */
public enum ResumeFrom {
    /** The newest checkpoint or savepoint, else the ledger. */
    NEWEST,
    /** Flink's state; there must be one. */
    STATE,
    /** The ledger alone. */
    LEDGER
}
