package dev.firn.connector.iceberg;

/**
 * A commit failed and was not seen in the table afterwards; it may still land. Not seen is not the same as not committed,
 * so this is no {@link org.apache.iceberg.exceptions.CleanableFailure}.
 */
public final class CommitUnconfirmed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommitUnconfirmed(RuntimeException failure) {
        super("the catalog's answer to a commit: " + failure.getMessage(), failure);
    }
}
