package dev.firn.connector.iceberg;

import java.util.Set;
import org.apache.iceberg.TableMetadata;

/**
 * The guard of epochs with which bindings come into a table: one that somebody else has made meanwhile stays.
 *
 * @param properties of the bindings
 */
record NewBindingsGuard(CommitGuard epochs, Set<String> properties) implements CommitGuard {

    NewBindingsGuard {
        properties = Set.copyOf(properties);
    }

    @Override
    public void check(TableMetadata base) {
        epochs.check(base);
        for (String property : properties) {
            if (base.properties().containsKey(property)) {
                throw new IllegalStateException("`" + property + "` came into the table while a commit was prepared");
            }
        }
    }

    @Override
    public boolean landed(TableMetadata now) {
        return epochs.landed(now);
    }
}
