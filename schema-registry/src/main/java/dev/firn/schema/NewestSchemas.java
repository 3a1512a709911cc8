package dev.firn.schema;

import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.source.KnownSchemas;
import dev.firn.spi.source.NewestSchema;
import dev.firn.spi.source.SchemaPart;
import java.util.Optional;

/** Where the newest schema of a topic's values or keys comes from: a registry that is asked, or what is known without. */
public interface NewestSchemas {

    /**
     * Empty if it is not known, or if something was reported, now or with an earlier topic.
     *
     * @param span where the file names the topic
     */
    Optional<NewestSchema> of(String topic, SchemaPart part, SourceSpan span, Diagnostics diagnostics);

    /** Reports, once all topics were asked for, what is known by another way than the usual. */
    default void reportWhatWasFoundBefore(Diagnostics diagnostics) {
        // Most know by one way.
    }

    /** Asks nobody, and finds nothing wrong with what is not known. */
    static NewestSchemas known(KnownSchemas known) {
        return (topic, part, span, diagnostics) -> known.of(topic, part);
    }
}
