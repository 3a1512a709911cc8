package dev.firn.spi.sink;

import dev.firn.spi.evolution.SchemaDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened to a table's schema. */
public sealed interface SchemaEvent {

    /** A pipeline has decided about a writer's schema. */
    record Decided(SchemaDecision decision) implements SchemaEvent {}

    /**
     * The table has another schema that no pipeline's decision explains.
     *
     * @param by the latest that it can have been, if the table's metadata says so
     * @param schema its id
     */
    record ByOthers(Optional<Instant> by, int schema, List<Difference> differences) implements SchemaEvent {
        public ByOthers {
            differences = List.copyOf(differences);
        }
    }

    /**
     * What the table's columns differ in from those before.
     *
     * @param kind as the file calls it when a writer's schema does so: {@code add-column}
     */
    record Difference(String kind, String path, Optional<String> before, Optional<String> after) {}
}
