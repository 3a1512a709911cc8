package dev.firn.schema.infer;

/** Data of which no schema can be said; the message is a sentence for the user. */
public final class NotInferable extends Exception {

    private static final long serialVersionUID = 1L;

    public NotInferable(String message) {
        super(message);
    }
}
