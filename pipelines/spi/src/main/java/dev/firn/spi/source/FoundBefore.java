package dev.firn.spi.source;

import dev.firn.spi.ledger.PlannedSchema;
import java.util.Optional;

/** What runs before this one have found of one source's streams, for a plan whose registry does not answer. */
@FunctionalInterface
public interface FoundBefore {

    FoundBefore NOTHING = stream -> Optional.empty();

    /** Empty where nothing is known; asked only where the registry does not say it. */
    Optional<PlannedSchema> of(String stream);
}
