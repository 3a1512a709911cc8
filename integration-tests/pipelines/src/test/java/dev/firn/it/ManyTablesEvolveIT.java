package dev.firn.it;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More than a hundred tables that get other schemas at the same moment, of every kind. */
@Tag("heavy")
class ManyTablesEvolveIT {

    private static final int COPIES = 4;

    @Test
    void aHundredTablesEvolveAtOnce() throws Exception {
        EvolutionKindsIT.evolve(COPIES, 250);
    }
}
