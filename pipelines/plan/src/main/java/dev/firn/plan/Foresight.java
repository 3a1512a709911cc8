package dev.firn.plan;

import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.util.Optional;

/** Finds out what a running job would make of tables, for plans that are made where that can be known. */
public interface Foresight extends AutoCloseable {

    /** Records of a stream's newest schema come to a table that is there. */
    record Question(SourcePlan source, String stream, TableName table, EvolutionPolicy policy, RowRules rules) {}

    /** Opens it beside the catalog; closed with that. */
    @FunctionalInterface
    interface Opening {

        /** Knows nothing. */
        Opening NONE = lake -> new Foresight() {
            @Override
            public Optional<Foreseen> of(Question question) {
                return Optional.empty();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };

        Foresight beside(Lake lake);
    }

    /** Empty where somebody who would have to say it does not, or records name no schema. */
    Optional<Foreseen> of(Question question);

    @Override
    void close();
}
