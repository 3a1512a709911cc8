package dev.firn.connector.cdc.postgres;

/** Bytes that are no message of {@code pgoutput}; the message says where they stop being one. */
public final class MalformedMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedMessage(String message) {
        super("the server sends what is no message of pgoutput, version 1: " + message);
    }
}
