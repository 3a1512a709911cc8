package dev.firn.cli.rewind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.PausedShop;
import dev.firn.cli.audit.SourceExtents;
import dev.firn.definition.table.Decision;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.source.SplitRange;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline is not taken back while records are put back into its tables, nor behind one that was. */
class RewindBesideReplayTest {

    private static final SourceExtents SOURCES = new SourceExtents(
            Map.of("kafka", "orders"::equals), Map.of(PausedShop.SPLIT.id(), new SplitRange(PausedShop.SPLIT, 0, 9)));

    @TempDir
    private Path folder;

    private PausedShop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new PausedShop(folder);
        shop.write(PausedShop.OLD);
        shop.barrier();
        shop.write(PausedShop.OLD);
        shop.barrier();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private RewindPlanner planner() {
        return new RewindPlanner(shop.lake(), shop.plan().sink().names().ledger());
    }

    @Test
    void aReplayThatBeginsWhileItIsDecidedIsNoticed() throws Exception {
        Lake lake = shop.lake();
        RewindPlan shown = planner().plan(1, SOURCES);
        Rewinder rewinder = new Rewinder(
                lake,
                planner(),
                () -> {
                    lake.replay().ledger().claimRun();
                    return SOURCES;
                },
                EnumSet.noneOf(MayGo.class));

        assertThatThrownBy(() -> rewinder.rewind(shown))
                .isInstanceOf(RewindRefused.class)
                .hasMessage("somebody has begun to put records back from quarantine meanwhile, and nothing was taken"
                        + " back: look once more when that has ended");
        assertThat(lake.ledger().read().rewinds()).isEmpty();
        assertThat(new Rewinder(lake, planner(), () -> SOURCES, EnumSet.noneOf(MayGo.class))
                        .rewind(shown)
                        .behind())
                .isEmpty();
    }

    @Test
    void whatWasPutBackIsInTheWayAlsoOnceTheQuarantineHasExpired() throws Exception {
        shop.write(PausedShop.NEW);
        shop.barrier();
        assertThat(shop.resume(Optional.of(Decision.APPLY)).exitCode()).isZero();

        shop.expireQuarantine();

        assertThat(planner().plan(2, SOURCES).obstacles())
                .contains(
                        "`kafka/orders-0` would be read again from position 2 on, and `firn replay` has put back what is"
                                + " at position 2: it would be there twice");
    }
}
