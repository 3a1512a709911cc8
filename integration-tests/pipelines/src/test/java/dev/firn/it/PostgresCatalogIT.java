package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.CatalogProcess;
import dev.firn.it.testing.Shop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pipeline on the {@code jdbc} catalog in a real Postgres. */
@Tag("heavy")
class PostgresCatalogIT {

    private static final OrdersVolume FIRST = OrdersVolume.scaledTo(2_000);
    private static final OrdersVolume SECOND = OrdersVolume.scaledTo(30_000);

    @Test
    void everyRecordIsThereOnceAfterASigkillAndOneMoreRun() throws Exception {
        try (CatalogProcess postgres = CatalogProcess.postgres()) {
            Shop shop = Shop.onCatalog(
                    "postgres",
                    "{type: jdbc, uri: \"" + postgres.address() + "\", jdbc.user: postgres, jdbc.password: any,"
                            + " warehouse: \"file:FOLDER/lake\", jdbc.schema-version: V1}");
            shop.produce(FIRST);
            shop.killWhileReading(SECOND);
            assertThat(shop.committed())
                    .as("the process was killed before it had committed everything")
                    .isLessThan(Shop.records(FIRST, SECOND));

            String said = shop.runUntilCaughtUp();

            assertThat(said).contains("goes on from", "chk-");
            shop.assertEveryRecordOnce(FIRST, SECOND);
            shop.produce(FIRST);
            shop.runUntilCaughtUp();
            shop.assertEveryRecordOnce(FIRST, SECOND, FIRST);
            assertThat(shop.pipeline().ledger().lastRun()).isEqualTo(3);
        }
    }
}
