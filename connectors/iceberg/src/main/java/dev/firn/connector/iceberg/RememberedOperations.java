package dev.firn.connector.iceberg;

import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table that the catalog does not give, as it once was. It can be written for, elsewhere, but not committed to.
 *
 * @param io of the place where files wait, not the table's own
 */
record RememberedOperations(TableMetadata current, FileIO io) implements TableOperations {

    @Override
    public TableMetadata refresh() {
        return current;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        throw new IllegalStateException("our bug: a commit to " + current.location() + " as it is remembered");
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return current.location() + "/metadata/" + fileName;
    }

    @Override
    public LocationProvider locationProvider() {
        return LocationProviders.locationsFor(current.location(), current.properties());
    }
}
