package dev.firn.schema;

import dev.firn.schema.avro.ConfluentAvroFormat;
import dev.firn.spi.format.RecordFormat;
import java.util.Map;

/** From the option to the format that travels in the job. */
public final class Formats {

    private Formats() {}

    /** @param schemas the definition of each stream's newest schema, by the stream's name, as {@link Subjects} found it */
    public static RecordFormat of(FormatOptions options, Map<String, String> schemas) {
        return switch (options.type()) {
            case AVRO -> new ConfluentAvroFormat(options.registry().access(), schemas, options.rules());
        };
    }
}
