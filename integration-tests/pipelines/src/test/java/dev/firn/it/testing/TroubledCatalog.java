package dev.firn.it.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** A catalog in a SQLite file that fails, or does not answer, for a table as long as {@link Troubles} says so. */
public final class TroubledCatalog extends JdbcCatalog {

    private Path troubles = Path.of("");

    @Override
    public void initialize(String name, Map<String, String> properties) {
        troubles = Path.of(Objects.requireNonNull(properties.get("troubles"), "troubles"));
        super.initialize(name, properties);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        Operations operations = new Operations(super.newTableOps(table), troubles.resolve(table.toString()));
        operations.meet("load");
        return operations;
    }

    private record Operations(TableOperations real, Path trouble) implements TableOperations {

        private void meet(String operation) {
            while (word().equals("hang " + operation)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            if (word().equals("fail " + operation)) {
                touch(trouble.resolveSibling(trouble.getFileName() + Troubles.MET));
                throw new ServiceUnavailableException("503 for %s", trouble.getFileName());
            }
        }

        private static void touch(Path file) {
            try {
                Files.writeString(file, "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String word() {
            try {
                return Files.exists(trouble) ? Files.readString(trouble) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public TableMetadata current() {
            return real.current();
        }

        @Override
        public TableMetadata refresh() {
            meet("load");
            return real.refresh();
        }

        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            // A table may always be created.
            if (base != null) {
                meet("commit");
            }
            real.commit(base, metadata);
        }

        @Override
        public FileIO io() {
            return word().equals("refuse files") ? new RefusesComplete(real.io()) : real.io();
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
