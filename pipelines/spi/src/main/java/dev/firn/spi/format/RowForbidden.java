package dev.firn.spi.format;

/** A record breaks a rule that the job is to end for. */
public final class RowForbidden extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RowForbidden(String message) {
        super(message);
    }
}
