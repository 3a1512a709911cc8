package dev.firn.schema.avro;

/** A schema is none of a change of a row; the message says what it lacks. */
public final class NotAnEnvelope extends Exception {

    private static final long serialVersionUID = 1L;

    NotAnEnvelope(String message) {
        super(message);
    }
}
