package dev.firn.connector.iceberg;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** A {@code jdbc} catalog that counts how often it is asked where a table is, and how often it is told. */
public final class CountedCatalog extends JdbcCatalog {

    static final AtomicLong LOOKS = new AtomicLong();
    static final AtomicLong COMMITS = new AtomicLong();

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new Counted(super.newTableOps(table));
    }

    /** The catalog's own {@code current} looks only if it has not yet, or has committed since. */
    private static final class Counted extends PassedOn {

        Counted(TableOperations real) {
            super(real);
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
    }
}
