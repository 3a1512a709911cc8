package dev.firn.tables.maintenance;

/**
 * Somebody else has changed a table so that a commit must not go on top of it. No
 * {@link org.apache.iceberg.exceptions.CleanableFailure}: an earlier attempt at the same commit may have landed.
 */
final class Conflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Conflict(String message) {
        super(message);
    }
}
