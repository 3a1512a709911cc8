package dev.firn.cli;

import static dev.firn.cli.PausedShop.NEW;
import static dev.firn.cli.PausedShop.OLD;
import static dev.firn.cli.PausedShop.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.testing.Cli;
import dev.firn.definition.table.Decision;
import dev.firn.flink.replay.Replay.EpochSize;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.sink.OlderRecordsWait;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which order the records of a partition come to a table that has waited, by its snapshots, whatever a job does meanwhile. */
class ResumptionOrderTest {

    private static final Optional<Decision> APPLY = Optional.of(Decision.APPLY);

    @TempDir
    private Path folder;

    private PausedShop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new PausedShop(folder);
        shop.write(OLD);
        shop.barrier();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** A checkpoint behind which a record waits. */
    private void hold(int version) {
        assertThat(shop.write(version)).isTrue();
        shop.barrier();
    }

    /** An epoch as the committer takes it to the tables, which hear of what waits. */
    private void take(Epoch written) {
        shop.lake().keepOrder(ORDERS, written.number());
        shop.commit(written);
    }

    @Test
    void allThatWaitedComesInTheOrderOfPositionsOverAllEpochsOfTheReplay() throws Exception {
        for (int record = 0; record < 5; record++) {
            hold(NEW);
        }

        Cli.Answer answer = shop.resume(APPLY, new EpochSize(2, 1_000));

        assertThat(answer.out()).contains("5 records put back in 3 epochs, 0 refused again");
        assertThat(shop.idsBySnapshot()).containsExactly(List.of(0L), List.of(1L, 2L), List.of(3L, 4L), List.of(5L));
    }

    @Test
    void anEpochOfTheReplayHasNoMoreBytesThanItMay() throws Exception {
        for (int record = 0; record < 3; record++) {
            hold(NEW);
        }

        assertThat(shop.resume(APPLY, new EpochSize(50, 14)).out()).contains("3 records put back in 2 epochs");

        assertThat(shop.idsBySnapshot()).containsExactly(List.of(0L), List.of(1L, 2L), List.of(3L));
    }

    @Test
    void whatAJobSendsToQuarantineAfterTheEndComesBeforeWhatItWritesBehindThat() throws Exception {
        hold(NEW);
        assertThat(shop.write(OLD)).isTrue();
        assertThat(shop.resume(APPLY).exitCode()).isZero();

        // The writer has gone on until its barrier as it has begun.
        assertThat(shop.write(NEW)).isTrue();
        take(shop.writtenAhead());
        shop.restart();
        assertThat(shop.write(OLD)).isFalse();
        Epoch newer = shop.writtenAhead();
        assertThatThrownBy(() -> shop.commit(newer))
                .isInstanceOf(OlderRecordsWait.class)
                .hasMessageContaining("epoch 4 waits until `firn table resume` has put them back");

        assertThat(shop.resume(Optional.empty()).out()).contains("2 records put back");
        shop.commit(newer);
        assertThat(shop.idsBySnapshot()).containsExactly(List.of(0L), List.of(1L), List.of(2L, 3L), List.of(4L));
        assertThat(shop.lake().isResuming(ORDERS)).isFalse();
    }

    @Test
    void nothingNewerComesInWhereSomebodyWasInterruptedAfterTheEndAndThenAnotherVersionPauses() throws Exception {
        assertThat(shop.write(NEW)).isTrue();
        shop.barrier();
        shop.lake().resume(ORDERS);
        shop.restart();
        assertThat(shop.write(OLD)).isFalse();
        Epoch newer = shop.writtenAhead();

        Cli.Answer again = shop.resume(Optional.empty());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("sales.orders waits again, for another schema");
        assertThatThrownBy(() -> shop.commit(newer)).isInstanceOf(OlderRecordsWait.class);
        assertThat(shop.ids()).containsExactly(0L);

        shop.restart();
        assertThat(shop.resume(APPLY).exitCode()).isZero();
        assertThat(shop.idsBySnapshot()).containsExactly(List.of(0L), List.of(1L), List.of(2L));
    }

    @Test
    void whatWaitsBehindARecordThatPausesTheTableAgainIsNotPutBackBeforeIt() throws Exception {
        hold(NEW);
        String pause = shop.pause();
        assertThat(shop.resume(APPLY).exitCode()).isZero();
        shop.pause(pause);
        shop.restart();
        hold(OLD);
        hold(PausedShop.NEWER);
        hold(OLD);
        shop.lake().resume(ORDERS);

        assertThat(shop.resume(Optional.empty()).exitCode()).isEqualTo(1);
        assertThat(shop.ids()).containsExactly(0L, 1L, 2L);

        assertThat(shop.resume(APPLY).exitCode()).isZero();
        assertThat(shop.idsBySnapshot()).containsExactly(List.of(0L), List.of(1L), List.of(2L), List.of(3L, 4L));
    }

    @Test
    void recordsThatAreNotYetBehindTheRowsOfTheirEpochWait() throws Exception {
        hold(NEW);
        assertThat(shop.resume(APPLY).exitCode()).isZero();
        shop.restart();
        assertThat(shop.write(OLD)).isFalse();
        assertThat(shop.write(PausedShop.NEWER)).isTrue();
        shop.writtenAhead();

        assertThat(shop.resume(APPLY).exitCode()).isZero();

        assertThat(shop.idsBySnapshot()).containsExactly(List.of(0L), List.of(1L), List.of(2L), List.of(3L));
    }

    @Test
    void whatHasWaitedBehindRowsThatAreHeldComesBehindThem() throws Exception {
        hold(NEW);
        String before = shop.pause();
        assertThat(shop.resume(APPLY).exitCode()).isZero();
        shop.pause(before);
        shop.restart();
        hold(OLD);
        shop.lake().resume(ORDERS);
        shop.restart();
        assertThat(shop.write(OLD)).isFalse();
        shop.writtenAhead();
        shop.pause(before);
        shop.restart();
        hold(OLD);
        shop.lake().resume(ORDERS);

        assertThat(shop.resume(Optional.empty()).out()).contains("2 records put back in 2 epochs");

        assertThat(shop.idsBySnapshot())
                .containsExactly(List.of(0L), List.of(1L), List.of(2L), List.of(3L), List.of(4L));
    }

    @Test
    void aReplayLeavesAloneWhatIsPutBackInItsOrder() throws Exception {
        hold(NEW);
        String before = shop.pause();
        assertThat(shop.resume(APPLY).exitCode()).isZero();
        shop.pause(before);
        shop.restart();
        hold(OLD);
        shop.lake().resume(ORDERS);

        assertThat(shop.replay().refused()).isEqualTo(1);
        assertThat(shop.ids()).containsExactly(0L, 1L);
    }
}
