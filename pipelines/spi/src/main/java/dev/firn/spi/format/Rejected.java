package dev.firn.spi.format;

/** A record, or all records of a schema, can't become rows of a table; the message is for the owner of the data. */
public final class Rejected extends Exception {

    private static final long serialVersionUID = 1L;

    private final RejectCode code;

    public Rejected(RejectCode code, String message) {
        // Thrown once per bad record: a flood of them must not pay for stack traces that nobody reads.
        super(message, null, false, false);
        this.code = code;
    }

    public RejectCode code() {
        return code;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
