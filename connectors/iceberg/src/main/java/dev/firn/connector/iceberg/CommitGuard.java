package dev.firn.connector.iceberg;

import org.apache.iceberg.TableMetadata;

/** What must hold for one commit, read from the table's metadata alone. */
public interface CommitGuard {

    /**
     * Looks at the very base that the catalog will compare and swap, and throws if this commit must not go on top of it.
     * What it throws must not be a {@link org.apache.iceberg.exceptions.CleanableFailure}: Iceberg would delete the files
     * of a commit that may have landed.
     */
    void check(TableMetadata base);

    /** Whether metadata that was loaded after an attempt has this commit in it. */
    boolean landed(TableMetadata now);
}
