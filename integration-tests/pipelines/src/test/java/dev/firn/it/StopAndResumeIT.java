package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Shop;
import org.junit.jupiter.api.Test;

/** A pipeline that is told to stop while it works, and what the next run makes of it; what a kill leaves is in {@link BadRecordsIT}. */
class StopAndResumeIT {

    private static final OrdersVolume FIRST = OrdersVolume.scaledTo(8_000);
    private static final OrdersVolume SECOND = OrdersVolume.scaledTo(30_000);

    @Test
    void ctrlCStopsWithASavepointFromWhichTheNextRunGoesOn() throws Exception {
        Shop shop = Shop.byDay("interrupted");
        shop.produce(FIRST);
        try (Firn.Started running = shop.start()) {
            shop.awaitEpoch(1, running);
            running.interrupt();
            Firn.Answer stopped = running.answer();
            assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
            assertThat(stopped.err()).contains("stopping with a savepoint", "savepoints", "go on with: firn run");
        }
        shop.produce(SECOND);

        Firn.Answer resumed = shop.pipeline().run("--until-caught-up", "--resume", "state");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("goes on from", "savepoint-");
        shop.assertEveryRecordOnce(FIRST, SECOND);
    }
}
