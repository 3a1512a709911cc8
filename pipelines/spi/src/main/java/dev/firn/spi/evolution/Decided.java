package dev.firn.spi.evolution;

import dev.firn.definition.table.Decision;

/**
 * A change, and what is done about it.
 *
 * @param why what says so: the line of the file, a preset, or the default
 */
public record Decided(SchemaChange change, Decision decision, String why) {

    /** As it is where the file says nothing. */
    public Decided(SchemaChange change, Decision decision) {
        this(change, decision, EvolutionPolicy.DEFAULT);
    }
}
