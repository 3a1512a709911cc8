package dev.firn.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.testing.RandomPair.Difference;
import dev.firn.schema.testing.ResolutionTrial;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What one version of a schema wrote becomes the row that Avro makes of it for a reader with another version. */
class ResolutionAgainstAvroTest {

    @Test
    void tenThousandPairsOfSchemasAreResolvedAsAvroResolvesThem() {
        ResolutionTrial trial = new ResolutionTrial();
        long first = new Random().nextLong();
        for (int pair = 0; pair < 10_000; pair++) {
            trial.of(first + pair);
        }

        // The pairs are what they are meant to be.
        assertThat(trial.share(Difference.PROMOTED)).isGreaterThan(0.4);
        assertThat(trial.share(Difference.REORDERED)).isGreaterThan(0.5);
        assertThat(trial.share(Difference.MISSING)).isGreaterThan(0.5);
        assertThat(trial.share(Difference.DEFAULT)).isGreaterThan(0.5);
        assertThat(trial.share(Difference.RENAMED)).isGreaterThan(0.5);
        assertThat(trial.share(Difference.UNION_PLAIN)).isGreaterThan(0.1);
        assertThat(trial.share(Difference.BRANCH_PROMOTED)).isGreaterThan(0.05);
        assertThat(trial.share(Difference.UNION_REORDERED)).isGreaterThan(0.5);
        assertThat(trial.share(Difference.UNION_SMALLER)).isGreaterThan(0.1);
        assertThat(trial.share(Difference.STRICTER)).isGreaterThan(0.5);
        assertThat(trial.share(Difference.LOOSER)).isBetween(0.02, 0.2);
        assertThat(trial.nestedShare()).isGreaterThan(0.5);
        assertThat(trial.rows()).isGreaterThan(15_000);
        assertThat(trial.refusedByBoth()).isPositive();
    }
}
