package dev.firn.schema.avro;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How records are read, whatever they were written with.
 *
 * @param schema the reader's, if it is known: its defaults stand for what a writer lacks, its aliases say which names a field
 *     had before, and its unions which branch a value goes to
 */
record AvroReading(@Nullable Schema schema, AvroRules rules) {

    /** Of a reader's schema, also for what it once had under other names. */
    static AvroReading of(Schema reader, AvroRules rules) {
        return new AvroReading(
                reader, new AvroRules(rules.nanoseconds(), JsonPaths.withFormerNames(rules.jsonFields(), reader)));
    }

    /** With the writer's schema alone. */
    static final AvroReading AS_WRITTEN = new AvroReading(null, AvroRules.STRICT);
}
