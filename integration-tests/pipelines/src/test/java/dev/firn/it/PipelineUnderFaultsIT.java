package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.CatalogProcess;
import dev.firn.it.testing.ControlEndpoint;
import dev.firn.it.testing.FaultControl;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.ForeignTable;
import dev.firn.it.testing.Shop;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A whole pipeline whose catalog is behind a bad proxy, while somebody else commits to its tables. */
@Tag("heavy")
class PipelineUnderFaultsIT {

    private static final OrdersVolume SOME = OrdersVolume.scaledTo(2_000);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void everyRecordIsThereOnceAndEveryForeignCommitToo() throws Exception {
        try (CatalogProcess catalog = CatalogProcess.rest();
                CatalogProcess proxy = CatalogProcess.faultProxy(catalog)) {
            FaultControl faults = new FaultControl(new ControlEndpoint(proxy.address()));
            Shop shop = Shop.onCatalog(
                    "faults",
                    "{type: rest, uri: \"" + proxy.address() + "\", rest.client.max-retries: 1,"
                            + " rest.client.socket-timeout-ms: 4000}");
            Catalog direct = ForeignTable.catalog(Map.of("type", "rest", "uri", catalog.address()));
            ForeignTable orders = table(direct, shop.ordersTable());
            List<OrdersVolume> produced = new ArrayList<>(List.of(SOME));
            shop.produce(SOME);

            int foreign = 0;
            try (Firn.Started running = shop.start()) {
                shop.awaitEpoch(1, running);
                faults.meet(List.of(
                        "place=after answer=cut times=20",
                        "place=after answer=502 times=4",
                        "place=after answer=503 retry-after=1 times=4",
                        "place=after answer=409 times=4",
                        "place=before answer=500 times=4",
                        "place=before answer=409 times=4",
                        // Of one table that gets rows all the time, so that something of its own comes behind them.
                        "place=kept answer=504 times=2 table="
                                + shop.ordersTable().table(),
                        "place=after answer=half times=4",
                        "place=after answer=silence times=2"));
                while (faults.left() > 0) {
                    shop.produce(SOME);
                    produced.add(SOME);
                    orders.touch();
                    foreign++;
                    int left = faults.left();
                    Awaitility.await().atMost(PATIENCE).until(() -> {
                        assertThat(running.process().isAlive())
                                .as(running.said())
                                .isTrue();
                        return faults.left() < left || left == 0;
                    });
                }
                running.interrupt();
                assertThat(running.answer().exitCode()).as(running.said()).isEqualTo(130);
            }
            // Before, whoever asked may not have asked again yet: then they land, which is right, too.
            assertThat(faults.deliver()).containsExactly("409", "409");
            shop.runUntilCaughtUp();

            shop.assertEveryRecordOnce(produced.toArray(OrdersVolume[]::new));
            assertThat(orders.foreignCommits()).isEqualTo(foreign);
            for (TableName table : List.of(
                    shop.ordersTable(),
                    shop.refundsTable(),
                    shop.pipeline().quarantine(),
                    shop.pipeline().table("firn_ledger"))) {
                table(direct, table).assertEverySnapshotIsReadable();
            }
            List<String> seen = faults.seen().stream()
                    .filter(line -> line.startsWith("commit"))
                    .toList();
            System.out.printf(
                    "a pipeline under faults: %d records in %d loads, %d foreign commits, %d commits asked for,"
                            + " %d landed with another answer%n",
                    Shop.records(produced.toArray(OrdersVolume[]::new)),
                    produced.size(),
                    foreign,
                    seen.size(),
                    seen.stream()
                            .filter(line -> line.contains(" 200 ") && !line.endsWith(" real"))
                            .count());
        }
    }

    private static ForeignTable table(Catalog catalog, TableName name) {
        return new ForeignTable(catalog, TableIdentifier.parse(name.full()));
    }
}
