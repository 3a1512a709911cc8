package dev.firn.flink.resume;

/** A saved state does not fit the pipeline or its ledger; going on from it would lose or double rows. */
public final class StateRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StateRefused(String message) {
        super(message);
    }

    StateRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
