package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.evolution.HistoryLake;
import dev.firn.it.testing.evolution.HistoryTrial;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random histories of schemas, each of at least fifteen changes, on real tables with a real registry. */
class HistoriesIT {

    private static final int HISTORIES = 20;

    @Test
    void everyRowOfEveryVersionIsReadableAndTheTableIsTheSameWhateverTheOrder() throws Exception {
        try (HistoryLake lake = new HistoryLake()) {
            assertThat(LongStream.range(0, HISTORIES))
                    .allSatisfy(seed -> HistoryTrial.of(lake, seed).assertWhole());
        }
    }
}
