package dev.firn.plan;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.health.Health;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.sink.QuarantineTopicFactory;
import dev.firn.spi.source.StreamDescription;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that the planner sees of the outside. */
public interface PlanContext {

    /** The streams that a source reads; what is wrong with them is reported. */
    List<StreamDescription> streams(SourceDefinition source, Diagnostics diagnostics);

    /** Whether it knows all streams of a source that selects some, which its outside alone can tell. */
    default boolean knowsAllStreams() {
        return true;
    }

    /** What is known of a table; throws {@link dev.firn.spi.source.OutsideException} if it can't be looked at. */
    TableKnowledge table(TableName name);

    /** Whether the pipeline goes on without a table, so that it need not be looked at. */
    default boolean isDetached(TableName name) {
        return false;
    }

    /** Whether records of the pipeline wait for a decision about a table that is there, or are being put back after one. */
    default boolean isPaused(TableName name) {
        return false;
    }

    /**
     * The tables of a namespace; empty where nobody asked.
     *
     * @throws dev.firn.spi.source.OutsideException if they can't be listed
     */
    default Optional<Set<TableName>> tables(String namespace) {
        return Optional.empty();
    }

    /** What becomes of a table that is there; empty where that is not known. */
    default Optional<Foreseen> foresee(Foresight.Question question) {
        return Optional.empty();
    }

    /** How a topic is that what goes to quarantine is to be written to; nothing where nobody asked. */
    default List<Health> look(QuarantineTopicFactory topic) {
        return List.of();
    }

    /** A table that is there, is not there, or was not asked for. */
    record TableKnowledge(boolean asked, Optional<ExistingTable> existing) {

        public static final TableKnowledge NOT_ASKED = new TableKnowledge(false, Optional.empty());

        public static TableKnowledge of(Optional<ExistingTable> existing) {
            return new TableKnowledge(true, existing);
        }
    }
}
