package dev.firn.spi.source;

/** Something outside (a broker, a registry, a catalog) does not answer or refuses; the message is for the user. */
public class OutsideException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OutsideException(String message) {
        super(message);
    }

    public OutsideException(String message, Throwable cause) {
        super(message, cause);
    }
}
