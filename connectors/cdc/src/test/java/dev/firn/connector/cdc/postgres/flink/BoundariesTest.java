package dev.firn.connector.cdc.postgres.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundariesTest {

    private final Boundaries boundaries = new Boundaries();

    @Test
    void letsGoWhatTheCheckpointBeforeStandsOn() {
        boundaries.taken(1, 100);
        boundaries.taken(2, 200);
        assertThat(boundaries.complete(1)).isZero();
        assertThat(boundaries.complete(2)).isEqualTo(100);
        boundaries.taken(3, 300);
        assertThat(boundaries.complete(3)).isEqualTo(200);
    }

    @Test
    void aCheckpointThatWasAbortedStandsOnNothing() {
        boundaries.taken(1, 100);
        boundaries.taken(2, 200);
        boundaries.taken(3, 300);
        assertThat(boundaries.complete(1)).isZero();
        assertThat(boundaries.complete(3)).isEqualTo(100);
        boundaries.taken(4, 400);
        assertThat(boundaries.complete(4)).isEqualTo(300);
    }

    @Test
    void aCheckpointOfBeforeTheDatabaseWasOpenedSaysNothing() {
        assertThat(boundaries.complete(7)).isZero();
        boundaries.taken(8, 800);
        assertThat(boundaries.complete(8)).isZero();
    }
}
