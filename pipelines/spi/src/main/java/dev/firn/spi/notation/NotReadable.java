package dev.firn.spi.notation;

/** A document is not what it should be; the message says why, behind the document's name. */
public final class NotReadable extends Exception {

    private static final long serialVersionUID = 1L;

    public NotReadable(String message) {
        super(message);
    }
}
