package dev.firn.cli.audit;

/** Quarantined records of one reason: as the ledger has them, and as they were counted in the quarantine table. */
public record ReasonCheck(String reason, long inLedger, long inTable) {

    boolean differs() {
        return inLedger != inTable;
    }
}
