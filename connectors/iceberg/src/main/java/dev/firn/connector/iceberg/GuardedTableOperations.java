package dev.firn.connector.iceberg;

import java.util.Objects;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table whose commits are looked at on both sides of the catalog's compare-and-swap. Before it, on the base that it will
 * be compared with, so that an old request still under way and its repetition can't both land. After a failure, any
 * failure, because an answer may belong to the second of two requests of which the first has landed.
 *
 * <p>Iceberg never gets to see a refused commit as such. Its own repetition of a commit that has landed moves the branch
 * back over somebody else's commit, and after its last attempt it deletes the manifests of the snapshot that has landed.
 * So each failure leaves here as {@link CommitUnconfirmed}, after which Iceberg neither repeats nor deletes, and the
 * caller starts again from a fresh look at the table.
 */
final class GuardedTableOperations implements TableOperations {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedTableOperations.class);

    private final TableOperations delegate;
    private final CommitGuard guard;

    /** A v1 table may have none. */
    private final @Nullable String incarnation;

    GuardedTableOperations(TableOperations delegate, CommitGuard guard) {
        this.delegate = delegate;
        this.guard = guard;
        this.incarnation = delegate.current().uuid();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        requireSameTable(base);
        guard.check(base);
        try {
            delegate.commit(base, metadata);
        } catch (RuntimeException failure) {
            if (!landed(failure)) {
                throw new CommitUnconfirmed(failure);
            }
            LOG.info("A commit has landed although the catalog answered: {}", failure.toString());
        }
    }

    private boolean landed(RuntimeException failure) {
        try {
            TableMetadata now = delegate.refresh();
            return isSameTable(now) && guard.landed(now);
        } catch (RuntimeException blind) {
            failure.addSuppressed(blind);
            return false;
        }
    }

    /** A REST catalog's client takes another table of the same name for the one that it has loaded. */
    private void requireSameTable(TableMetadata base) {
        if (!isSameTable(base)) {
            throw new IllegalStateException("the table was dropped and made anew while a commit to it was prepared");
        }
    }

    private boolean isSameTable(TableMetadata metadata) {
        return Objects.equals(incarnation, metadata.uuid());
    }

    @Override
    public TableMetadata current() {
        return delegate.current();
    }

    @Override
    public TableMetadata refresh() {
        return delegate.refresh();
    }

    @Override
    public FileIO io() {
        return delegate.io();
    }

    @Override
    public EncryptionManager encryption() {
        return delegate.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return delegate.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return delegate.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommittedMetadata) {
        return delegate.temp(uncommittedMetadata);
    }

    @Override
    public long newSnapshotId() {
        return delegate.newSnapshotId();
    }

    /** Files are deleted only after failures that say of themselves that nothing has landed; ours never do. */
    @Override
    public boolean requireStrictCleanup() {
        return true;
    }
}
