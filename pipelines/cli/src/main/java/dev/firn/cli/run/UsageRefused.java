package dev.firn.cli.run;

/** The file or the arguments keep a verb from what it was asked to do; nothing was changed. */
public final class UsageRefused extends Exception {

    private static final long serialVersionUID = 1L;

    public UsageRefused(String message) {
        super(message);
    }
}
