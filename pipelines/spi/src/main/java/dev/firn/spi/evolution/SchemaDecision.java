package dev.firn.spi.evolution;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was decided when a table met a writer's schema: the changes that were made, or those that it was refused for.
 *
 * @param id no other decision has it
 * @param at when, in microseconds
 * @param run of the pipeline
 * @param table met the schema
 * @param changes at least one
 */
public record SchemaDecision(
        String id, Instant at, String pipeline, long run, MetTable table, Writer writer, List<Change> changes) {

    public SchemaDecision {
        changes = List.copyOf(changes);
    }

    /**
     * @param incarnation the table's uuid: one that is made anew under the name is another one
     * @param schemas the ids of the schemas that the table has got by it; none where it has stayed as it is
     */
    public record MetTable(TableName name, String incarnation, List<Integer> schemas) {
        public MetTable {
            schemas = List.copyOf(schemas);
        }
    }

    /**
     * The schema that records came with.
     *
     * @param subject what the registry has it under, if that is known
     * @param from the newest version before it that the table was written with, if it has a number
     * @param to its own version, if it has a number
     * @param schemaId what the registry calls it, if it does
     * @param fingerprint what Firn calls it
     * @param first the record that brought it
     */
    public record Writer(
            Optional<String> subject,
            OptionalInt from,
            OptionalInt to,
            OptionalInt schemaId,
            String fingerprint,
            Optional<Place> first) {}

    /** Where a record stands. */
    public record Place(String source, String stream, int partition, long position) {

        public static Place of(RawRecord record) {
            return new Place(
                    record.split().source(),
                    record.split().stream(),
                    record.split().partition(),
                    record.position());
        }
    }

    /**
     * One change, in the words of the file.
     *
     * @param before a type, a name or a word, where there was one
     * @param after the same of what is
     * @param why what has decided so: {@code default}, {@code preset lenient}, {@code drop-column: apply}
     */
    public record Change(
            String kind, String path, Optional<String> before, Optional<String> after, String decision, String why) {}
}
