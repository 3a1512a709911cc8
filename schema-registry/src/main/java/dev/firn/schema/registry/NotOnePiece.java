package dev.firn.schema.registry;

/** A schema can't be put together with those that it refers to; the message is a sentence for the user. */
final class NotOnePiece extends Exception {

    private static final long serialVersionUID = 1L;

    NotOnePiece(String message) {
        super(message);
    }
}
