package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.devstack.orders.OrdersVolume;
import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Shop;
import dev.firn.it.testing.Troubles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One table of a whole pipeline that something is wrong with: it waits alone, and catches up. */
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

    @Test
    @Tag("heavy")
    void aLocationThatCantBeWrittenToHoldsItsTableOnly() throws Exception {
        Shop shop = Shop.onCatalog("closed", Troubles.CATALOG);
        // A folder below a file can't be made, not even by root.
        Path closed = Files.createFile(shop.pipeline().file().resolveSibling("closed"));
        Files.writeString(
                shop.pipeline().file(),
                Files.readString(shop.pipeline().file())
                        + "tables: [{table: %s, properties: {write.data.path: \"%s/orders\"}}]%n"
                                .formatted(shop.ordersTable(), closed));
        shop.produce(SOME);
        try (Firn.Started running = shop.start()) {
            awaitSaid(
                    running,
                    shop.ordersTable() + " is held since [0-9:]{8}: table `" + shop.ordersTable()
                            + "` can't be written to: ");
            awaitRows(shop, shop.refundsTable(), SOME.refunds(), running);
            shop.produce(SOME);
            awaitRows(shop, shop.refundsTable(), 2L * SOME.refunds(), running);
            assertThat(rows(shop, shop.ordersTable())).isZero();

            Files.delete(closed);
            awaitRows(shop, shop.ordersTable(), 2L * SOME.orders(), running);
            awaitSaid(running, shop.ordersTable() + " has caught up, with epoch [0-9]+");
            running.interrupt();
            assertThat(running.answer().exitCode()).isEqualTo(130);
        }
        shop.assertEveryRecordOnce(SOME, SOME);
        assertThat(filesBelow(closed)).noneMatch(name -> name.startsWith("firn-held-"));
        assertThat(filesBelow(shop.pipeline().lakeFolder()))
                .as("nothing is left beside the ledger but the mark, if a writer has made it since")
                .filteredOn(name -> name.startsWith("firn-held-"))
                .isEmpty();
    }

    @Test
    @Tag("heavy")
    void aCatalogThatDoesNotAnswerForATableHoldsThatTableOnly() throws Exception {
        Shop shop = Shop.onCatalog("hanging", Troubles.CATALOG);
        Troubles troubles = Troubles.of(shop);
        shop.produce(SOME);
        try (Firn.Started running = shop.start()) {
            awaitRows(shop, shop.ordersTable(), SOME.orders(), running);
            troubles.begin(shop.ordersTable(), "hang load");
            for (int load = 2; load <= 4; load++) {
                shop.produce(SOME);
                awaitRows(shop, shop.refundsTable(), (long) load * SOME.refunds(), running);
            }
            assertThat(rows(troubles, shop.ordersTable())).isEqualTo(SOME.orders());

            troubles.end(shop.ordersTable());
            awaitRows(shop, shop.ordersTable(), 4L * SOME.orders(), running);
            running.interrupt();
            assertThat(running.answer().exitCode()).isEqualTo(130);
        }
        shop.assertEveryRecordOnce(SOME, SOME, SOME, SOME);
    }

    @Test
    @Tag("heavy")
    void aTableThatIsDroppedIsHeldAndAfterARestartItsRecordsAreQuarantined() throws Exception {
        OrdersVolume decodable = new OrdersVolume(2_000, 0, 0, 0, 0, 500);
        Shop shop = Shop.onCatalog("dropped", Troubles.CATALOG);
        Troubles troubles = Troubles.of(shop);
        shop.produce(decodable);
        try (Firn.Started running = shop.start();
                JdbcCatalog catalog = troubles.catalog();
                Records records = new Records()) {
            awaitRows(shop, shop.ordersTable(), decodable.orders(), running);
            String metadata = metadata(troubles.table(shop.ordersTable()));
            catalog.dropTable(Troubles.identifier(shop.ordersTable()), false);
            shop.produce(decodable);
            awaitRows(shop, shop.refundsTable(), 2L * decodable.refunds(), running);
            awaitSaid(
                    running,
                    shop.ordersTable() + " is held since [0-9:]{8}: table `" + shop.ordersTable() + "` is not in .* any"
                            + " more: bring back what was dropped or renamed, and what is staged for it goes in");

            TableName quarantine = shop.pipeline().quarantine();
            failTheTask(shop, troubles, records);
            shop.produce(decodable);
            awaitSaid(
                    running,
                    shop.ordersTable() + " is gone: its records go to quarantine \\(table-gone\\) until it is back");
            awaitRows(shop, shop.refundsTable(), 3L * decodable.refunds(), running);
            awaitRows(shop, quarantine, decodable.orders() + 1L, running);

            catalog.registerTable(Troubles.identifier(shop.ordersTable()), metadata);
            awaitRows(shop, shop.ordersTable(), 2L * decodable.orders(), running);
            running.interrupt();
            assertThat(running.answer().exitCode()).isEqualTo(130);
        }
        Map<Object, Long> codes = shop.pipeline().rows(shop.pipeline().quarantine(), "code").stream()
                .collect(Collectors.groupingBy(row -> String.valueOf(row.get(0)), Collectors.counting()));
        assertThat(codes)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("table-gone", (long) decodable.orders(), "truncated-payload", 1L));
    }

    @Test
    @Tag("heavy")
    void aTaskThatStartsWhileTheCatalogDoesNotGiveATableWritesItAllTheSame() throws Exception {
        OrdersVolume decodable = new OrdersVolume(2_000, 0, 0, 0, 0, 500);
        Shop shop = Shop.onCatalog("starts", Troubles.CATALOG);
        Troubles troubles = Troubles.of(shop);
        shop.produce(decodable);
        try (Firn.Started running = shop.start();
                Records records = new Records()) {
            awaitRows(shop, shop.ordersTable(), decodable.orders(), running);
            awaitRows(shop, shop.refundsTable(), decodable.refunds(), running);
            troubles.begin(shop.ordersTable(), "hang load");
            failTheTask(shop, troubles, records);
            shop.produce(decodable);
            awaitRows(shop, shop.refundsTable(), 2L * decodable.refunds(), running);
            assertThat(rows(troubles, shop.ordersTable())).isEqualTo(decodable.orders());

            troubles.end(shop.ordersTable());
            awaitRows(shop, shop.ordersTable(), 2L * decodable.orders(), running);
            awaitRows(shop, shop.pipeline().quarantine(), 1, running);
            running.interrupt();
            assertThat(running.answer().exitCode()).isEqualTo(130);
        }
        assertThat(filesBelow(shop.pipeline().lakeFolder()))
                .filteredOn(name -> name.startsWith("firn-held-"))
                .isEmpty();
        Firn.Answer recount = Firn.run(
                shop.pipeline().environment(),
                "audit",
                "--recount",
                shop.pipeline().file().toString());
        assertThat(recount.exitCode()).as(recount.out() + recount.err()).isZero();
    }

    /** With the first record for quarantine, while the quarantine table can't be loaded and nobody knows any more what it looks like. */
    private static void failTheTask(Shop shop, Troubles troubles, Records records) throws IOException {
        TableName quarantine = shop.pipeline().quarantine();
        Path ledger = shop.pipeline().lakeFolder().resolve(shop.pipeline().name() + "/firn_ledger");
        Files.delete(ledger.resolve("_looks/" + quarantine + ".metadata.json"));
        troubles.begin(quarantine, "fail load");
        records.send(shop.orders(), new byte[] {1});
        troubles.awaitMet(quarantine);
        troubles.end(quarantine);
    }

    private static String metadata(Table table) {
        return ((HasTableOperations) table).operations().current().metadataFileLocation();
    }

    /** A table that is not there has none. */
    private static long rows(Shop shop, TableName table) {
        List<Object> rows = new ArrayList<>();
        try (Lake lake = shop.pipeline().lake()) {
            lake.table(table)
                    .map(existing -> existing.schema().columns().get(0).name())
                    .ifPresent(column -> lake.read(table, List.of(column), rows::add));
        }
        return rows.size();
    }

    /** The same past a catalog that does not answer. */
    private static long rows(Troubles troubles, TableName table) {
        return Long.parseLong(troubles.table(table).currentSnapshot().summary().get("total-records"));
    }

    private static void awaitRows(Shop shop, TableName table, long rows, Firn.Started running) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    assertThat(running.process().isAlive()).as(running.said()).isTrue();
                    return rows(shop, table) == rows;
                });
    }

    private static void awaitSaid(Firn.Started running, String pattern) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(running.said()).containsPattern(pattern));
    }

    private static List<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }
}
