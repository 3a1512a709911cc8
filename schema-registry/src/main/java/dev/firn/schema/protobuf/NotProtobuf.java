package dev.firn.schema.protobuf;

/** A text is no Protobuf schema that can be read here; the message says what is wrong and where. */
public final class NotProtobuf extends Exception {

    private static final long serialVersionUID = 1L;

    NotProtobuf(String message) {
        super(message);
    }
}
