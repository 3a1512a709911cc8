package dev.firn.schema.json;

/** A text is no JSON Schema; the message says why. */
public final class NotJsonSchema extends Exception {

    private static final long serialVersionUID = 1L;

    NotJsonSchema(String message) {
        super(message);
    }
}
