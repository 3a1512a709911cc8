package dev.firn.cli.rewind;

/** A rewind that is not made; nothing was taken back. */
public final class RewindRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public RewindRefused(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
