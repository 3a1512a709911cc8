package dev.firn.schema;

import dev.firn.schema.avro.ConfluentAvroFormat;
import dev.firn.spi.format.RecordFormat;

/** From the option to the format that travels in the job. */
public final class Formats {

    private Formats() {}

    public static RecordFormat of(FormatOptions options) {
        return switch (options.type()) {
            case AVRO -> new ConfluentAvroFormat(options.registry().url());
        };
    }
}
