package dev.firn.schema.avro;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How records are read, whatever they were written with.
 *
 * @param schema the reader's, if it is known: its defaults stand for what a writer lacks, its aliases say which names a field
 *     had before, and its unions which branch a value goes to
 */
public record AvroReading(@Nullable Schema schema, AvroRules rules) {

    /** With the writer's schema alone. */
    static final AvroReading AS_WRITTEN = new AvroReading(null, AvroRules.STRICT);
}
