package dev.firn.tables.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.firn.connector.iceberg.PipelineCommit;
import dev.firn.spi.inspection.TableDetails.Progress;
import dev.firn.spi.inspection.TableDetails.Range;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EpochSumTest {

    private static final Split SPLIT = new Split("kafka", "orders", 0, "topic-1");

    /** A snapshot with epochs 5 to 7. */
    private final EpochSum sum = new EpochSum(
            new TableName("sales.orders"),
            42,
            new PipelineCommit("shop", "ledger", 1, 5, 7, Optional.empty(), OptionalLong.empty()));

    @Test
    void addsUpItsOwnEpochsAndNoOthers() {
        for (int number = 4; number <= 8; number++) {
            sum.add(epoch(number, number, 10L * number, 10L * number + 10));
        }

        assertThat(sum.progress()).get().satisfies(progress -> {
            assertThat(progress.firstEpoch()).isEqualTo(5);
            assertThat(progress.lastEpoch()).isEqualTo(7);
            assertThat(progress.positions()).containsExactly(new Range("kafka/orders-0", 50, 80, 27));
            assertThat(progress.read()).isEqualTo(27);
            assertThat(progress.toTable()).isEqualTo(12);
            assertThat(progress.outcomes()).containsExactly(entry("quarantined", 9L), entry("routed", 18L));
        });
    }

    @Test
    void epochsThatWereAddedUpAreTakenWhole() {
        sum.add(epoch(1, 5, 0, 60));

        assertThat(sum.progress())
                .get()
                .extracting(Progress::firstEpoch, Progress::lastEpoch)
                .containsExactly(1L, 5L);
    }

    @Test
    void knowsNothingWhereTheLedgerHasNoneOfTheEpochs() {
        sum.add(epoch(1, 4, 0, 50));
        sum.add(epoch(8, 9, 80, 90));

        assertThat(sum.progress()).isEmpty();
    }

    /** It has read nine records, of which four went to the table, two to another, and three to quarantine. */
    private static WrittenEpoch epoch(long first, long number, long from, long to) {
        return new WrittenEpoch(
                new Epoch(
                        number,
                        1,
                        "plan",
                        number,
                        List.of(new SplitProgress(SPLIT, from, to, 9)),
                        List.of(
                                new OutcomeCount(SPLIT, Outcome.ROUTED, "sales.orders", "", 4),
                                new OutcomeCount(SPLIT, Outcome.ROUTED, "sales.refunds", "", 2),
                                new OutcomeCount(SPLIT, Outcome.QUARANTINED, "sales.orders", "no-row", 3)),
                        List.of()),
                first,
                Instant.EPOCH);
    }
}
