package dev.firn.connector.iceberg;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** A {@code jdbc} catalog that counts how often it is asked where a table is, and how often it is told. */
public final class CountedCatalog extends JdbcCatalog {

    static final AtomicLong LOOKS = new AtomicLong();
    static final AtomicLong COMMITS = new AtomicLong();

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new Counted(super.newTableOps(table));
    }

    private record Counted(TableOperations real) implements TableOperations {

        @Override
        public TableMetadata current() {
            // The catalog's own operations look only if they have not yet, or have committed since.
            return real.current();
        }

        @Override
        public TableMetadata refresh() {
            LOOKS.incrementAndGet();
            return real.refresh();
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            COMMITS.incrementAndGet();
            real.commit(base, metadata);
        }

        @Override
        public FileIO io() {
            return real.io();
        }

        @Override
        public EncryptionManager encryption() {
            return real.encryption();
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return real.metadataFileLocation(fileName);
        }

        @Override
        public LocationProvider locationProvider() {
            return real.locationProvider();
        }

        @Override
        public TableOperations temp(TableMetadata uncommitted) {
            return real.temp(uncommitted);
        }

        @Override
        public long newSnapshotId() {
            return real.newSnapshotId();
        }
    }
}
