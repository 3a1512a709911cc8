package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Troubles;
import org.junit.jupiter.api.Test;

/** One table that can't be committed to, in a whole pipeline: it waits alone, and catches up. */
class IsolationIT {

    private static final OrdersVolume SOME = OrdersVolume.scaledTo(2_000);

    @Test
    void aRunThatEndsSaysWhatIsOpenAndTheNextOneCommitsIt() throws Exception {
        Shop shop = Shop.onCatalog("open", Troubles.CATALOG);
        Troubles troubles = Troubles.of(shop);
        shop.produce(SOME);
        troubles.begin(shop.ordersTable(), "fail commit");

        Firn.Answer answer = shop.pipeline().run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(3);
        assertThat(answer.out())
                .contains("  In the ledger and not yet in the table; the next run commits it")
                .containsPattern("    " + shop.ordersTable() + "  [0-9]+ epochs?, 2,000 rows, .* staged")
                .contains("503 for " + shop.ordersTable());
        assertThat(shop.pipeline().rows(shop.refundsTable(), "refund_id")).hasSize(SOME.refunds());

        troubles.end(shop.ordersTable());
        shop.runUntilCaughtUp();
        shop.assertEveryRecordOnce(SOME);
    }
}
