package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Shop;
import org.junit.jupiter.api.Test;

/** The same pipeline on a catalog that is a database; the other tests run on the hadoop catalog. */
class CatalogsIT {

    private static final OrdersVolume VOLUME = OrdersVolume.scaledTo(2_000);

    @Test
    void aJdbcCatalogOnSqliteTakesTwoRuns() throws Exception {
        Shop shop = Shop.onCatalog(
                "jdbc",
                "{type: jdbc, uri: \"jdbc:sqlite:file:FOLDER/catalog.db\", warehouse: \"file:FOLDER/lake\","
                        + " jdbc.schema-version: V1}");
        shop.produce(VOLUME);
        shop.runUntilCaughtUp();
        shop.assertEveryRecordOnce(VOLUME);
        shop.produce(VOLUME);

        shop.runUntilCaughtUp();

        shop.assertEveryRecordOnce(VOLUME, VOLUME);
        assertThat(shop.pipeline().ledger().lastRun()).isEqualTo(2);
        shop.assertTheTableIsWholeAndItsLedgerKnowsAllRows();
    }
}
