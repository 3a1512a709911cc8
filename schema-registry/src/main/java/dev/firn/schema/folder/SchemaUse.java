package dev.firn.schema.folder;

import dev.firn.spi.source.SchemaPart;
import java.util.Comparator;

/** Who reads a schema. */
public record SchemaUse(String pipeline, String source, String stream, SchemaPart part)
        implements Comparable<SchemaUse> {

    private static final Comparator<SchemaUse> ORDER = Comparator.comparing(SchemaUse::pipeline)
            .thenComparing(SchemaUse::source)
            .thenComparing(SchemaUse::stream)
            .thenComparing(SchemaUse::part);

    @Override
    public int compareTo(SchemaUse other) {
        return ORDER.compare(this, other);
    }
}
