package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.epoch;
import static dev.firn.flink.testing.Records.progress;
import static dev.firn.flink.testing.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.flink.count.EpochFold;
import dev.firn.flink.count.SchemaNews;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.wire.LedgerCodec;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnwrittenEpochsTest {

    private final FakeLake lake = FakeLake.create();
    private final EpochFold fold = new EpochFold(new SchemaNews(LedgerSchemas.NONE));
    private final UnwrittenEpochs epochs = new UnwrittenEpochs(
            new CommitterConfig(
                    2, "plan", FakeLake.QUARANTINE, lake.factory(), new CommitRules(Map.of(), Duration.ofSeconds(1))),
            new LedgerState(4, 2, Map.of(ORDERS_0, 10L), List.of()));

    /** Positions that moved without a record: marks of transactions. */
    private void moves(long from, long to) {
        fold.add(read(new SplitProgress(ORDERS_0, from, to, 0)));
    }

    private static List<Long> numbers(List<Epoch> epochs) {
        return epochs.stream().map(Epoch::number).toList();
    }

    @Test
    void tellsEachConfirmedEpochOnce() {
        moves(10, 11);
        epochs.close(fold, 1);
        assertThat(numbers(epochs.confirmed(1))).containsExactly(5L);
        assertThat(epochs.confirmed(1)).isEmpty();
        assertThat(epochs.state()).hasSize(1);

        epochs.writtenAhead(5);
        assertThat(epochs.state()).isEmpty();
        assertThat(epochs.confirmed(9)).isEmpty();
    }

    @Test
    void tellsRestoredEpochsOnceWhateverTheIdsOfCheckpointsAre() throws Exception {
        Epoch seven = epoch(lake, 7, 1, 14, 15);
        Epoch five = epoch(lake, 5, 1, 10, 12);
        Epoch six = epoch(lake, 6, 1, 12, 14);
        Epoch four = epoch(lake, 4, 1, 0, 10);
        List<byte[]> state = List.of(seven, five, four, six).stream()
                .map(LedgerCodec::encode)
                .toList();

        assertThat(numbers(epochs.restore(state))).containsExactly(5L, 6L, 7L);

        assertThat(epochs.confirmed(100)).isEmpty();
        fold.add(read(progress(ORDERS_0, 15, 15)));
        moves(15, 16);
        epochs.close(fold, 1);
        assertThat(numbers(epochs.confirmed(1))).containsExactly(8L);
    }

    @Test
    void holdsNoMoreThanAStateShould() {
        UnwrittenEpochs few = unwritten(new UnwrittenEpochs.Room(2, 1_000_000));
        for (long number = 0; number < 2; number++) {
            moves(10 + number, 11 + number);
            few.close(fold, number);
            few.requireRoom(Optional.of("503"));
        }
        moves(12, 13);
        few.close(fold, 3);
        long bytes = few.state().stream().mapToLong(state -> state.length).sum();

        assertThatThrownBy(() -> few.requireRoom(Optional.of("503")))
                .isInstanceOf(OutsideException.class)
                .hasMessage("the ledger has taken nothing since epoch 4: 3 epochs (" + bytes
                        + " bytes) wait in the job's state, and no more than 2 (1,000,000 bytes) may; the last attempt:"
                        + " 503. The job stops; nothing is lost. Start it again when the ledger can be written");
        few.writtenAhead(5);
        few.requireRoom(Optional.empty());
    }

    @Test
    void holdsNoMoreBytesThanAStateShould() {
        UnwrittenEpochs small = unwritten(new UnwrittenEpochs.Room(1_000, 150));
        moves(10, 11);
        small.close(fold, 1);
        small.requireRoom(Optional.empty());
        moves(11, 12);
        small.close(fold, 2);

        assertThatThrownBy(() -> small.requireRoom(Optional.empty()))
                .isInstanceOf(OutsideException.class)
                .hasMessageContaining("2 epochs (")
                .hasMessageContaining("no more than 1,000 (150 bytes) may. The job stops");
    }

    private UnwrittenEpochs unwritten(UnwrittenEpochs.Room room) {
        return new UnwrittenEpochs(
                new CommitterConfig(
                        2,
                        "plan",
                        FakeLake.QUARANTINE,
                        lake.factory(),
                        new CommitRules(Map.of(), Duration.ofSeconds(1))),
                new LedgerState(4, 2, Map.of(ORDERS_0, 10L), List.of()),
                room);
    }
}
