package dev.firn.cli.peer;

/** The file is none that there is an import for; the message says what it is. */
public final class NotImportable extends Exception {

    private static final long serialVersionUID = 1L;

    NotImportable(String message) {
        super(message);
    }
}
