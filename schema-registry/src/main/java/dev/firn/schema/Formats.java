package dev.firn.schema;

import dev.firn.schema.avro.ConfluentAvroFormat;
import dev.firn.schema.registry.ShelfName;
import dev.firn.spi.format.RecordFormat;
import java.util.Map;

/** From the option to the format that travels in the job. */
public final class Formats {

    private Formats() {}

    /**
     * @param shelf where the readers of the format find what the gate has waited for
     * @param schemas the definition of each stream's newest schema, by the stream's name, as {@link Subjects} found it
     */
    public static RecordFormat of(FormatOptions options, ShelfName shelf, Map<String, String> schemas) {
        return switch (options.type()) {
            case AVRO -> avro(options, shelf, schemas);
        };
    }

    /** The gate in front of the readers. */
    public static SchemaGate.Opening gate(FormatOptions options, ShelfName shelf) {
        return switch (options.type()) {
            case AVRO -> avro(options, shelf, Map.of())::gate;
        };
    }

    private static ConfluentAvroFormat avro(FormatOptions options, ShelfName shelf, Map<String, String> schemas) {
        return new ConfluentAvroFormat(
                options.registry().access(), options.registry().onOutage().policy(), shelf, schemas, options.rules());
    }
}
