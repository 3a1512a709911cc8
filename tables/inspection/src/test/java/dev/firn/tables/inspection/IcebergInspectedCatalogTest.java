package dev.firn.tables.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.InspectedCatalog.Part;
import dev.firn.spi.inspection.InspectedCatalog.UnknownColumn;
import dev.firn.spi.inspection.InspectedCatalog.UnknownMoment;
import dev.firn.spi.inspection.TableDetails;
import dev.firn.spi.inspection.TableFacts;
import dev.firn.spi.inspection.TableFreshness;
import dev.firn.spi.inspection.TableSize;
import dev.firn.spi.inspection.TableSize.Kind;
import dev.firn.spi.schema.TableName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcebergInspectedCatalogTest {

    private static final TableName ORDERS = new TableName("shop.orders");

    @TempDir
    private Path folder;

    private Shop shop;
    private Table table;
    private InspectedCatalog opened;

    @BeforeEach
    void makeATable() {
        shop = new Shop(folder);
        table = shop.orders(Map.of("vault.token", "s3cret"));
        opened = shop.open();
    }

    @AfterEach
    void close() {
        opened.close();
    }

    @Test
    void aTableThatIsNotFirnsIsShownAsItIs() {
        Shop.commit(table, 0, 10);
        Shop.commit(table, 1, 20);

        TableDetails details = opened.details(ORDERS, Optional.empty(), EnumSet.allOf(Part.class));

        assertThat(details.columns())
                .containsExactly(
                        new TableDetails.Column(1, "order_id", "long", true, ""),
                        new TableDetails.Column(2, "placed_at", "timestamptz", true, ""),
                        new TableDetails.Column(3, "customer", "struct", false, ""),
                        new TableDetails.Column(4, "customer.email", "string", false, "as given"));
        assertThat(details.partitioning())
                .containsExactly(new TableDetails.PartitionField(1000, "placed_at_day", "placed_at", "day"));
        assertThat(details.sorting())
                .containsExactly(new TableDetails.SortField("order_id", "identity", "desc", "nulls last"));
        assertThat(details.counts().rows()).isEqualTo(30);
        assertThat(details.counts().dataFiles()).isEqualTo(2);
        assertThat(details.snapshots())
                .extracting(TableDetails.Commit::rowsAdded, TableDetails.Commit::isOnMain, TableDetails.Commit::writer)
                .containsExactly(tuple(20L, true, Optional.empty()), tuple(10L, true, Optional.empty()));
        assertThat(details.partitions())
                .extracting(
                        TableDetails.Partition::partition,
                        partition -> partition.counts().rows())
                .containsExactly(tuple("placed_at_day=2026-01-03", 10L), tuple("placed_at_day=2026-01-04", 20L));
        assertThat(details.files())
                .extracting(TableDetails.File::content, TableDetails.File::rows, TableDetails.File::sequence)
                .containsExactly(tuple("data", 10L, 1L), tuple("data", 20L, 2L));
        assertThat(details.manifests())
                .extracting(TableDetails.Manifest::content, TableDetails.Manifest::added)
                .containsExactly(tuple("data", 1L), tuple("data", 1L));
        assertThat(details.refs()).extracting(TableDetails.Ref::name).containsExactly("main");
        assertThat(details.properties()).containsEntry("vault.token", "***");
        assertThat(details.notes()).isEmpty();
    }

    @Test
    void whatIsNotAskedForIsNotThere() {
        Shop.commit(table, 0, 10);

        TableDetails details = opened.details(ORDERS, Optional.empty(), EnumSet.noneOf(Part.class));

        assertThat(List.of(
                        details.snapshots(),
                        details.files(),
                        details.partitions(),
                        details.manifests(),
                        details.refs()))
                .allSatisfy(part -> assertThat(part).isEmpty());
        assertThat(details.properties()).isEmpty();
    }

    @Test
    void aTableIsShownAsOfASnapshotATagAndATime() {
        Shop.commit(table, 0, 10);
        Snapshot first = table.currentSnapshot();
        table.manageSnapshots().createTag("audited", first.snapshotId()).commit();
        table.updateSchema().addColumn("note", Types.StringType.get()).commit();
        Shop.commit(table, 1, 20);
        Instant before = Instant.ofEpochMilli(first.timestampMillis()).minus(Duration.ofDays(1));

        for (String moment : List.of(Long.toString(first.snapshotId()), "audited")) {
            TableDetails then = opened.details(ORDERS, Optional.of(moment), EnumSet.noneOf(Part.class));
            assertThat(then.counts().rows()).as(moment).isEqualTo(10);
            assertThat(then.shown()).hasValue(first.snapshotId());
            assertThat(then.columns()).hasSize(4);
        }
        assertThat(asOf(Instant.ofEpochMilli(first.timestampMillis())
                        .plusNanos(1_000)
                        .toString()))
                .isEqualTo(10);
        assertThat(asOf("2999-01-01 00:00:00")).isEqualTo(30);
        assertThatThrownBy(() -> asOf(before.toString()))
                .isInstanceOf(UnknownMoment.class)
                .hasMessage("table `shop.orders` knows no snapshot that was current at `" + before
                        + "`: there was none yet, or it has expired");
    }

    private long asOf(String moment) {
        return opened.details(ORDERS, Optional.of(moment), EnumSet.noneOf(Part.class))
                .counts()
                .rows();
    }

    @Test
    void aSnapshotThatWasTakenBackIsNotInTheLine() {
        Shop.commit(table, 0, 10);
        long first = table.currentSnapshot().snapshotId();
        Shop.commit(table, 1, 20);
        table.manageSnapshots().rollbackTo(first).commit();

        assertThat(opened.details(ORDERS, Optional.empty(), EnumSet.of(Part.SNAPSHOTS))
                        .snapshots())
                .extracting(TableDetails.Commit::isOnMain)
                .containsExactly(false, true);
    }

    @Test
    void countsComeFromManifestsWhereTheSummaryHasNone() {
        table.newAppend().appendFile(Shop.write(table, 0, 10)).commit();
        Shop.pretendSnapshots(table, 1, Instant.now());
        TableFacts told = opened.facts(ORDERS);

        assertThat(told.rows()).isEqualTo(10);
        assertThat(told.dataFiles()).isEqualTo(1);
        assertThat(told.bytes())
                .isEqualTo(
                        new Facts(ORDERS, table).counts(table.currentSnapshot()).bytes());
        assertThat(told.snapshots()).isEqualTo(2);
        assertThat(told.pipelines()).isEmpty();
    }

    @Test
    void aFileCountsOnceWhereItCountsMost() {
        DataFile gone = Shop.write(table, 0, 10);
        table.newAppend().appendFile(gone).commit();
        Shop.commit(table, 1, 20);
        table.newDelete().deleteFile(gone).commit();

        TableSize size = opened.size(ORDERS);

        assertThat(share(size, Kind.DATA).files()).isEqualTo(1);
        assertThat(share(size, Kind.HISTORY)).isEqualTo(new TableSize.Share(Kind.HISTORY, 1, gone.fileSizeInBytes()));
        assertThat(share(size, Kind.MANIFEST_LISTS).files()).isEqualTo(3);
        assertThat(share(size, Kind.METADATA).files()).isEqualTo(4);
        assertThat(size.files())
                .isEqualTo(2 + 3 + 4 + share(size, Kind.MANIFESTS).files());
    }

    private static TableSize.Share share(TableSize size, Kind kind) {
        return size.shares().stream()
                .filter(share -> share.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theNewestEventIsTheGreatestTimeThatFilesTellOf() {
        assertThat(opened.freshness(ORDERS, Optional.empty()))
                .isEqualTo(new TableFreshness(
                        ORDERS, Optional.empty(), Optional.empty(), Optional.of("placed_at"), Optional.empty()));
        Shop.commit(table, 0, 5);
        Shop.commit(table, 1, 20);
        Instant committed = Instant.ofEpochMilli(table.currentSnapshot().timestampMillis());
        DataFile late = Shop.write(table, 0, 10);
        table.newAppend().appendFile(late).commit();
        Instant last = Instant.ofEpochMilli(table.currentSnapshot().timestampMillis());
        assertThat(last).isAfterOrEqualTo(committed);

        TableFreshness fresh = opened.freshness(ORDERS, Optional.empty());

        assertThat(fresh.lastCommit()).contains(last);
        assertThat(fresh.newestEvent())
                .contains(Shop.DAY.plus(Duration.ofDays(1)).plusSeconds(19));
    }

    @Test
    void theNewestEventMayBeOfAnyTimestamp() {
        table.updateSchema()
                .addColumn("shipped_at", Types.TimestampType.withoutZone())
                .commit();
        Shop.commit(table, 0, 5);

        assertThat(opened.freshness(ORDERS, Optional.of("shipped_at")).newestEvent())
                .isEmpty();
        assertThat(opened.freshness(ORDERS, Optional.of("placed_at")).newestEvent())
                .contains(Shop.DAY.plusSeconds(4));
        assertThatThrownBy(() -> opened.freshness(ORDERS, Optional.of("shipped")))
                .isInstanceOf(UnknownColumn.class)
                .hasMessage("table `shop.orders` has no column `shipped`");
        assertThatThrownBy(() -> opened.freshness(ORDERS, Optional.of("customer.email")))
                .isInstanceOf(UnknownColumn.class)
                .hasMessage("column `customer.email` of table `shop.orders` is no timestamp, but string");
    }

    @Test
    void upkeepIsNoNews() {
        DataFile first = Shop.write(table, 0, 10);
        table.newAppend().appendFile(first).commit();
        Instant committed = Instant.ofEpochMilli(table.currentSnapshot().timestampMillis());
        table.newRewrite().deleteFile(first).addFile(Shop.write(table, 0, 10)).commit();

        assertThat(opened.freshness(ORDERS, Optional.empty()).lastCommit()).contains(committed);
    }

    @Test
    void whatBringsNoRowsIsNoNews() {
        DataFile first = Shop.write(table, 0, 10);
        table.newAppend().appendFile(first).appendFile(Shop.write(table, 1, 10)).commit();
        Instant committed = Instant.ofEpochMilli(table.currentSnapshot().timestampMillis());
        table.newDelete().deleteFile(first).commit();
        table.newAppend().commit();

        TableFreshness fresh = opened.freshness(ORDERS, Optional.empty());

        assertThat(fresh.lastCommit()).contains(committed);
        assertThat(fresh.notAfter()).isEmpty();
    }

    @Test
    void whatAPipelineCommitsIsNewsButForARewind() {
        Shop.commit(table, 0, 10);
        table.newAppend().set("firn.pipeline", "shop").set("firn.epoch", "1").commit();
        Instant committed = Instant.ofEpochMilli(table.currentSnapshot().timestampMillis());
        table.newAppend()
                .set("firn.pipeline", "shop")
                .set("firn.epoch", "2")
                .set("firn.rewound-to", "1")
                .commit();

        assertThat(opened.freshness(ORDERS, Optional.empty()).lastCommit()).contains(committed);
    }

    @Test
    void rowsWhoseSnapshotHasExpiredCameBeforeTheOldestThatIsLeft() {
        DataFile first = Shop.write(table, 0, 10);
        table.newAppend().appendFile(first).commit();
        table.newRewrite().deleteFile(first).addFile(Shop.write(table, 0, 10)).commit();
        Instant left = Instant.ofEpochMilli(table.currentSnapshot().timestampMillis());
        table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

        TableFreshness fresh = opened.freshness(ORDERS, Optional.empty());

        assertThat(fresh.lastCommit()).isEmpty();
        assertThat(fresh.notAfter()).contains(left);
        assertThat(fresh.newestEvent()).contains(Shop.DAY.plusSeconds(9));
    }

    @Test
    void aWarehouseThatNobodyHasWrittenToHasNoTables() {
        try (InspectedCatalog empty = new Shop(folder.resolve("none")).open()) {
            assertThat(empty.tables()).isEmpty();
        }
    }

    @Test
    void aCatalogsTablesAreFoundInAllItsNamespaces() {
        shop.make("shop.eu", "orders");

        assertThat(opened.tables()).extracting(TableName::full).containsExactly("shop.eu.orders", "shop.orders");
    }
}
