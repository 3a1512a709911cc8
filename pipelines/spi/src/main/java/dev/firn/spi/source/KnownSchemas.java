package dev.firn.spi.source;

import java.util.Optional;

/** What is known of the newest schemas of one source's streams without asking its registry. */
@FunctionalInterface
public interface KnownSchemas {

    /** Nothing is known of any. */
    KnownSchemas NONE = (stream, part) -> Optional.empty();

    /** Empty where nothing is known. */
    Optional<NewestSchema> of(String stream, SchemaPart part);
}
