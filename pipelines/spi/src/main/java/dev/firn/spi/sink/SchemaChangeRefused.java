package dev.firn.spi.sink;

/**
 * Records have come of a schema that a table must not follow, and the file wants the job to end there. Starting again would meet
 * them again. The message names the table and the changes.
 */
public final class SchemaChangeRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SchemaChangeRefused(String message) {
        super(message);
    }
}
