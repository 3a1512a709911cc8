package dev.firn.cli.rollback;

/** A table that is not taken back; nothing was changed. */
public final class RollbackRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public RollbackRefused(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
