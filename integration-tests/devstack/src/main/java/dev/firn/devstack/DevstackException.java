package dev.firn.devstack;

/** The stack doesn't start, has ended, or can't do what it was asked to. */
public final class DevstackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DevstackException(String message) {
        super(message);
    }

    public DevstackException(String message, Throwable cause) {
        super(message, cause);
    }
}
