package dev.firn.cli.outlook;

import dev.firn.definition.SourceDefinition;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.OpenRegistry;
import dev.firn.spi.source.SourceDescription.NamedStream;

/** A stream whose values name their schemas, which are in a registry under a subject. */
public record FramedStream(
        SourceDefinition source, NamedStream stream, FormatOptions format, OpenRegistry registry, String subject) {

    String name() {
        return stream.name();
    }

    /** As plans name it. */
    String path() {
        return source.name() + "/" + stream.name();
    }
}
