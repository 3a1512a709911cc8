package dev.firn.spi.source;

import dev.firn.spi.ledger.PlannedSchema;
import java.util.Optional;
import java.util.Set;

/** What runs before this one have found of one source's streams, for a plan whose registry does not answer. */
@FunctionalInterface
public interface FoundBefore {

    FoundBefore NOTHING = stream -> Optional.empty();

    /** Empty where nothing is known; asked only where the registry does not say it. */
    Optional<PlannedSchema> of(String stream);

    /** The streams that something is known of; asked only where the file does not name all that are read. */
    default Set<String> streams() {
        return Set.of();
    }
}
