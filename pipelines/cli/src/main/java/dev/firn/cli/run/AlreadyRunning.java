package dev.firn.cli.run;

/** The pipeline runs from the same folder in another process. */
public final class AlreadyRunning extends Exception {

    private static final long serialVersionUID = 1L;

    public AlreadyRunning(String message) {
        super(message);
    }
}
