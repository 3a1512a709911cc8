package dev.firn.schema.codegen;

/** Schemas of which no classes can be written; the message is a sentence for the user. */
public final class NoClasses extends Exception {

    private static final long serialVersionUID = 1L;

    NoClasses(String message) {
        super(message);
    }
}
