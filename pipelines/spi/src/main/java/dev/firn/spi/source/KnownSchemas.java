package dev.firn.spi.source;

import java.util.Optional;
import java.util.Set;

/** What is known of the newest schemas of one source's streams without asking its registry. */
@FunctionalInterface
public interface KnownSchemas {

    /** Nothing is known of any. */
    KnownSchemas NONE = (stream, part) -> Optional.empty();

    /** Empty where nothing is known. */
    Optional<NewestSchema> of(String stream, SchemaPart part);

    /** The names of streams that something is known of, as far as they can be told. */
    default Set<String> streams() {
        return Set.of();
    }
}
