package dev.firn.cli.run;

/** What a run may be told to go on from. */
public sealed interface ResumeFrom {

    /** The newest checkpoint or savepoint, else the ledger. */
    record Newest() implements ResumeFrom {}

    /**
     * What its job was stopped with a moment ago, where that can be looked at from here, else the newest state, else the ledger.
     *
     * @param savepoint a path of this machine, or an address that Flink can read
     */
    record StoppedWith(String savepoint) implements ResumeFrom {}

    /** The newest checkpoint or savepoint; there must be one. */
    record State() implements ResumeFrom {}

    /** The ledger alone. */
    record LedgerAlone() implements ResumeFrom {}

    /** Nothing, as if nothing had been read; the ledger must be empty. */
    record Nothing() implements ResumeFrom {}

    /**
     * One checkpoint or savepoint.
     *
     * @param folder a path of this machine, or an address that Flink can read
     */
    record Savepoint(String folder) implements ResumeFrom {}

    /** One of the words, or the folder of a state. */
    static ResumeFrom named(String word) {
        return switch (word) {
            case "state" -> new State();
            case "ledger" -> new LedgerAlone();
            case "none" -> new Nothing();
            default -> new Savepoint(word);
        };
    }
}
