package dev.firn.cli;

import static dev.firn.cli.PausedShop.NEW;
import static dev.firn.cli.PausedShop.OLD;
import static dev.firn.cli.PausedShop.ORDERS;
import static dev.firn.cli.PausedShop.SPLIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.testing.Cli;
import dev.firn.definition.table.Decision;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a table that waits, whatever else goes on meanwhile. */
class TableResumptionTest {

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

    private boolean isPaused() {
        return shop.lake().paused(ORDERS).isPresent();
    }

    private boolean hasTheColumn() {
        return shop.lake().table(ORDERS).orElseThrow().schema().column("note").isPresent();
    }

    private void hold() {
        assertThat(shop.write(NEW)).isTrue();
        shop.barrier();
    }

    @Test
    void waitsWhileARewindThatIsDecidedHasNotReachedItsTables() {
        hold();
        Epoch way = new Epoch(
                3,
                shop.lake().ledger().claimRun(),
                "",
                0,
                List.of(),
                List.of(),
                List.of(shop.lake().rewind(ORDERS, 0).orElseThrow().staged()));
        shop.lake().ledger().append(new Rewind(way, 0, Map.of(SPLIT, 0L)));

        assertThatThrownBy(() -> shop.resume(APPLY))
                .isInstanceOf(CommitRefused.class)
                .hasMessage("the pipeline is being taken back, and table `sales.orders` has not gone back yet: start"
                        + " the pipeline first, with `firn run`");
        assertThat(isPaused()).isTrue();
        assertThat(hasTheColumn()).isFalse();
    }

    @Test
    void isDecidedAboutBeforeTheRecordThatHasPausedItIsInQuarantine() throws Exception {
        assertThat(shop.write(NEW)).isTrue();

        Cli.Answer answer = shop.resume(APPLY);

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).contains("sales.orders goes on\n", "no record has waited for it\n");
        assertThat(hasTheColumn()).isTrue();
        assertThat(isPaused()).isFalse();
        shop.barrier();
        assertThat(shop.resume(Optional.empty()).out()).contains("1 record put back in 1 epoch");
        assertThat(shop.ids()).containsExactly(0L, 1L);
    }

    @Test
    void goesOnWaitingWhereNobodySaysWhatTheSchemaIs() {
        hold();
        shop.registry().close();

        assertThatThrownBy(() -> shop.resume(APPLY)).isInstanceOfSatisfying(OutsideException.class, away -> assertThat(
                        Failure.of(away).exitCode())
                .isEqualTo(ExitCode.OUTSIDE));
        assertThat(isPaused()).isTrue();
        assertThat(hasTheColumn()).isFalse();
    }

    @Test
    void whatHasWaitedIsInTheTableBeforeThePauseEnds() throws Exception {
        hold();
        assertThat(shop.write(OLD)).isTrue();
        shop.writtenAhead();

        Cli.Answer answer = shop.resume(APPLY);

        assertThat(answer.out()).contains("2 records put back in 1 epoch, 0 refused again");
        assertThat(shop.snapshotsAtTheEndOfThePause()).isEqualTo(2);
        assertThat(shop.ids()).containsExactly(0L, 1L, 2L);
        assertThat(isPaused()).isFalse();
    }

    @Test
    void whoWasInterruptedBeforeThePauseEndedFinishesWithTheSameCommandAndDoublesNothing() throws Exception {
        hold();
        String before = shop.pause();
        assertThat(shop.resume(APPLY).exitCode()).isZero();
        shop.pause(before);

        shop.restart();
        assertThat(shop.write(OLD)).isTrue();
        shop.barrier();
        Cli.Answer again = shop.resume(APPLY);

        assertThat(again.exitCode()).isZero();
        assertThat(isPaused()).isFalse();
        assertThat(shop.ids()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void recordsOfAPartitionAreWrittenInTheOrderOfTheirPositions() throws Exception {
        hold();
        hold();
        hold();

        assertThat(shop.resume(APPLY).out()).contains("3 records put back in 1 epoch");

        assertThat(shop.idsAsTheyLie()).containsSubsequence(1L, 2L, 3L).hasSize(4);
    }

    @Test
    void whatWasPutBackIsSettledEvenWhereItsTableIsGoneLater() throws Exception {
        hold();
        assertThat(shop.resume(APPLY).exitCode()).isZero();

        assertThat(shop.lake().replay().ledger().read().open())
                .allSatisfy(epoch -> assertThat(epoch.staged()).isEmpty());
    }
}
