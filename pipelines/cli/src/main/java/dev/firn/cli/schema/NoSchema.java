package dev.firn.cli.schema;

/** An argument leads to no schema; the message is a sentence for the user. */
public final class NoSchema extends Exception {

    private static final long serialVersionUID = 1L;

    NoSchema(String message) {
        super(message);
    }
}
