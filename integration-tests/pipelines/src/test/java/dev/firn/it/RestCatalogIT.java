package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.CatalogProcess;
import dev.firn.it.testing.Shop;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pipeline whose tables are known to a REST catalog only. */
@Tag("heavy")
class RestCatalogIT {

    private static final OrdersVolume FIRST = OrdersVolume.scaledTo(2_000);
    private static final OrdersVolume SECOND = OrdersVolume.scaledTo(30_000);

    private static final CatalogProcess CATALOG = CatalogProcess.rest();

    @AfterAll
    static void endTheCatalog() throws IOException, InterruptedException {
        CATALOG.close();
    }

    @Test
    void takesTwoRuns() throws IOException {
        Shop shop = shop();
        shop.produce(FIRST);
        shop.runUntilCaughtUp();
        shop.assertEveryRecordOnce(FIRST);
        shop.produce(FIRST);

        shop.runUntilCaughtUp();

        shop.assertEveryRecordOnce(FIRST, FIRST);
        assertThat(shop.pipeline().ledger().lastRun()).isEqualTo(2);
        shop.assertTheTableIsWholeAndItsLedgerKnowsAllRows();
    }

    @Test
    void everyRecordIsThereOnceAfterASigkill() throws Exception {
        Shop shop = shop();
        shop.produce(FIRST);
        shop.killWhileReading(SECOND);
        assertThat(shop.committed())
                .as("the process was killed before it had committed everything")
                .isLessThan(Shop.records(FIRST, SECOND));

        String said = shop.runUntilCaughtUp();

        assertThat(said).contains("goes on from", "chk-");
        shop.assertEveryRecordOnce(FIRST, SECOND);
    }

    private static Shop shop() throws IOException {
        return Shop.onCatalog("rest", "{type: rest, uri: \"" + CATALOG.address() + "\"}");
    }
}
