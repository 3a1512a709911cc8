package dev.firn.connector.iceberg;

/**
 * The guard found on the base of a commit what the commit was to add. Not a
 * {@link org.apache.iceberg.exceptions.CleanableFailure}: Iceberg would delete files that the table needs.
 */
final class EpochAlreadyCommitted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EpochAlreadyCommitted(String table, long epoch) {
        super("epoch " + epoch + " is in table " + table + " already");
    }
}
