package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A pipeline whose process is gone from one moment to the next, and what the next one makes of it. */
class KillAndResumeIT {

    private static final OrdersVolume FIRST = OrdersVolume.scaledTo(8_000);
    private static final OrdersVolume SECOND = OrdersVolume.scaledTo(30_000);

    @Test
    void everyRecordIsThereOnceAfterASigkillAndAResumeFromTheCheckpoint() throws Exception {
        Shop shop = killedShop();
        long killedRun = shop.pipeline().ledger().lastRun();

        String said = shop.runUntilCaughtUp();

        assertThat(said).contains("goes on from", "chk-");
        shop.assertEveryRecordOnce(FIRST, SECOND);
        assertThat(shop.pipeline().ledger().lastRun()).isEqualTo(killedRun + 1);
    }

    @Test
    void everyRecordIsThereOnceWithTheFlinkStateGone() throws Exception {
        Shop shop = killedShop();
        delete(shop.pipeline().file().resolveSibling(".firn"));

        String said = shop.runUntilCaughtUp();

        assertThat(said).contains("goes on from the ledger");
        shop.assertEveryRecordOnce(FIRST, SECOND);
    }

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

    private static Shop killedShop() throws IOException, InterruptedException {
        Shop shop = Shop.byDay("killed");
        shop.produce(FIRST);
        shop.killWhileReading(SECOND);
        assertThat(shop.committed())
                .as("the process was killed before it had written everything ahead")
                .isLessThan(Shop.records(FIRST, SECOND));
        return shop;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
