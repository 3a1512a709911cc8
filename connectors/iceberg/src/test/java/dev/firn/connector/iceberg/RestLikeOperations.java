package dev.firn.connector.iceberg;

import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.UpdateRequirements;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Commits as a REST catalog does: changes and a few requirements are sent, and put on top of whatever the table is by then,
 * so the metadata that was looked at need not be what is changed. Nor does a refresh mind another table of the same name.
 */
final class RestLikeOperations extends PassedOn {

    private static final int SERVER_ATTEMPTS = 20;

    private final Supplier<TableOperations> server;
    private TableMetadata current;

    /** @param server the table of that name as it is at the moment */
    RestLikeOperations(TableOperations real, Supplier<TableOperations> server) {
        super(real);
        this.server = server;
        this.current = real.current();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        List<UpdateRequirement> requirements = UpdateRequirements.forUpdateTable(base, metadata.changes());
        for (int attempt = 1; ; attempt++) {
            TableOperations table = server.get();
            requirements.forEach(requirement -> requirement.validate(table.current()));
            TableMetadata.Builder changed = TableMetadata.buildFrom(table.current());
            metadata.changes().forEach(change -> change.applyTo(changed));
            try {
                table.commit(table.current(), changed.build());
                current = table.refresh();
                return;
            } catch (CommitFailedException conflict) {
                if (attempt == SERVER_ATTEMPTS) {
                    throw conflict;
                }
            }
        }
    }

    @Override
    public TableMetadata current() {
        return current;
    }

    @Override
    public TableMetadata refresh() {
        TableMetadata now = server.get().current();
        // The client knows by the file's name whether anything has changed.
        if (!now.metadataFileLocation().equals(current.metadataFileLocation())) {
            current = now;
        }
        return current;
    }
}
