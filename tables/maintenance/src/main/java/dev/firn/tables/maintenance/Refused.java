package dev.firn.tables.maintenance;

/** Something is not done, for it could do harm; the message is a sentence without a beginning. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
        super(message);
    }
}
