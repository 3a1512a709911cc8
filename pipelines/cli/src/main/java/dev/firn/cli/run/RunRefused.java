package dev.firn.cli.run;

/** A run that would lose or double rows if its user did not mean it; nothing was changed. */
public final class RunRefused extends Exception {

    private static final long serialVersionUID = 1L;

    RunRefused(String message) {
        super(message);
    }
}
