package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.cli.PausedShop;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that wait are told of at a start, and those that can't be asked keep nobody from starting. */
class PausedLinesTest {

    @TempDir
    private Path folder;

    private PausedShop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new PausedShop(folder);
        shop.write(PausedShop.NEW);
        shop.barrier();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<String> lines() {
        return PausedLines.of(new PlannedPipeline(
                shop.definition(),
                shop.plan(),
                shop.lake(),
                shop.file().connectors(),
                SystemReferences.ofThisProcess()));
    }

    @Test
    void oneThatWaitsIsToldOf() {
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("sales.orders waits for a decision since ")
                .endsWith("add-column note (string, optional): pause-table; go on with: firn table resume FILE"
                        + " sales.orders");
    }

    @Test
    void oneThatIsDetachedIsNotAskedForAnything() {
        shop.lake()
                .ledger()
                .detach(
                        new DetachedTable(PausedShop.ORDERS, 0, 1, Instant.EPOCH, Instant.EPOCH, "it is broken"),
                        shop.lake().ledger().read().lastRun());

        assertThat(lines()).isEmpty();
    }

    @Test
    void oneThatCanNotBeAskedKeepsNobodyFromStarting() throws Exception {
        shop.corrupt(PausedShop.ORDERS);

        assertThatThrownBy(() -> shop.lake().paused(PausedShop.ORDERS)).isInstanceOf(OutsideException.class);
        assertThat(lines()).isEmpty();
    }
}
