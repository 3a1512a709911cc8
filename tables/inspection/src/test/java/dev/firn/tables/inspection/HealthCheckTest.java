package dev.firn.tables.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.firn.spi.inspection.HealthRule;
import dev.firn.spi.inspection.InspectedCatalog;
import dev.firn.spi.inspection.TableHealth;
import dev.firn.spi.inspection.TableHealth.Mend;
import dev.firn.spi.inspection.TableHealth.Reason;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCheckTest {

    private static final long MIB = 1L << 20;
    private static final TableName ORDERS = new TableName("shop.orders");

    @TempDir
    private Path folder;

    private Shop shop;
    private Table table;

    @BeforeEach
    void makeATable() {
        shop = new Shop(folder);
        table = shop.orders(Map.of());
    }

    @Test
    void aTableWithoutRowsIsWell() {
        TableHealth health = health();

        assertThat(health.score()).isEqualTo(100);
        assertThat(health.reasons()).isEmpty();
        assertThat(health.isWell()).isTrue();
    }

    @Test
    void filesThatWouldBeGoneAreCountedByPartition() {
        // Two days with 20 small files each could have one each; files of three other days can't be fewer.
        Shop.pretend(table, 0, Collections.nCopies(20, MIB));
        Shop.pretend(table, 1, Collections.nCopies(20, MIB));
        Shop.pretend(table, 2, Collections.nCopies(4, MIB));
        Shop.pretend(table, 3, List.of(400 * MIB));
        Shop.pretend(table, 4, List.of(384 * MIB, 512 * MIB));

        TableHealth health = health();

        // 38 of 47: 15 points, and of 35 more as much as of what is above a half.
        assertThat(health.reasons())
                .containsExactly(new Reason(
                        "small-files",
                        37,
                        "47 data files could be 9: they are much smaller than the 512 MiB that they should have",
                        Optional.of(Mend.COMPACT)));
        assertThat(health.score()).isEqualTo(63);
        assertThat(health.isWell()).isFalse();
        assertThat(health.histogram()).extracting(TableHealth.Bucket::files).containsExactly(0L, 44L, 0L, 0L, 2L, 1L);
    }

    @Test
    void filesThatAreNearlyAsLargeAsTheyShouldBeAreNotSmall() {
        // One for 22 is half of the files; that 20 large ones could be 19 does not make it more.
        Shop.pretend(table, 0, Collections.nCopies(22, MIB));
        Shop.pretend(table, 0, Collections.nCopies(20, 486 * MIB));

        assertThat(health().reasons()).isEmpty();
    }

    @Test
    void fewSmallFilesAreNoReason() {
        Shop.pretend(table, 0, Collections.nCopies(10, MIB));

        assertThat(health().reasons()).isEmpty();
    }

    @Test
    void theTablesOwnSizeIsWhatFilesShouldHave() {
        table.updateProperties()
                .set("write.target-file-size-bytes", Long.toString(MIB))
                .commit();
        Shop.pretend(table, 0, Collections.nCopies(100, MIB));

        assertThat(health().reasons()).isEmpty();
    }

    @Test
    void deleteFilesCostAndTheRowsThatTheyTake() {
        Shop.pretend(table, 0, Collections.nCopies(20, 512 * MIB));
        Shop.pretendDeletes(table, 0, 10, 1_000);

        TableHealth health = health();

        assertThat(health.reasons())
                .extracting(Reason::word, Reason::points, Reason::mend)
                .containsExactly(
                        tuple("deleted-rows", 21, Optional.of(Mend.WORK_DELETES_IN)),
                        tuple("delete-files", 20, Optional.of(Mend.WORK_DELETES_IN)));
        assertThat(health.counts().deleteFiles()).isEqualTo(10);
    }

    @Test
    void tenFilesThatWouldBeGoneAreEnough() {
        Shop.pretend(table, 0, Collections.nCopies(11, MIB));

        assertThat(health().reasons())
                .extracting(Reason::word, Reason::points)
                .containsExactly(tuple("small-files", 44));
    }

    @Test
    void whatIsUnderThreeQuartersOfTheSizeIsSmall() {
        Shop.pretend(table, 0, Collections.nCopies(60, 384 * MIB));
        assertThat(health().reasons()).isEmpty();
        Shop.pretend(table, 1, Collections.nCopies(400, 384 * MIB - 1));

        // 400 of them come to 300.
        assertThat(health().histogram())
                .extracting(TableHealth.Bucket::files)
                .containsExactly(0L, 0L, 0L, 0L, 460L, 0L);
        assertThat(new HealthCheck(ORDERS, table, Instant.now()).run().reasons())
                .isEmpty();
    }

    @Test
    void fewDeletesAreNoReason() {
        Shop.pretend(table, 0, Collections.nCopies(5, 512 * MIB));
        Shop.pretendDeletes(table, 0, 9, 1_111);

        assertThat(health().reasons()).isEmpty();
    }

    @Test
    void manySnapshotsCostAndExpireWhereSomeAreOlderThanADay() {
        Shop.pretend(table, 0, List.of(512 * MIB));
        Instant then = Instant.now();
        Shop.pretendSnapshots(table, 1_000, then);

        TableHealth old = new HealthCheck(ORDERS, table, then.plus(Duration.ofDays(2))).run();

        String kept = "1,001 snapshots are kept, and their files: each commit writes the list of all of them anew; ";
        assertThat(old.reasons())
                .containsExactly(
                        new Reason("snapshots", 10, kept + "1,001 are older than a day", Optional.of(Mend.EXPIRE)));
        assertThat(health().reasons())
                .containsExactly(new Reason(
                        "snapshots",
                        10,
                        kept + "none is older than a day, so that commits come very often",
                        Optional.empty()));
    }

    @Test
    void aThousandSnapshotsAreNoReason() {
        Shop.pretend(table, 0, List.of(512 * MIB));
        Shop.pretendSnapshots(table, 999, Instant.now());

        assertThat(health().reasons()).isEmpty();
    }

    @Test
    void manyManifestsThatAreSmallCost() throws IOException {
        AppendFiles append = table.newFastAppend();
        for (int i = 0; i < 201; i++) {
            append.appendManifest(Shop.pretendManifest(table));
        }
        append.commit();

        assertThat(health().reasons())
                .extracting(Reason::word, Reason::points, Reason::mend)
                .containsExactly(tuple("manifests", 10, Optional.empty()));
    }

    @Test
    void aPartitionThatIsMuchLargerThanTheOthersCosts() {
        Shop.pretend(table, 0, List.of(512 * MIB));
        Shop.pretend(table, 1, List.of(512 * MIB));
        Shop.pretend(table, 2, Collections.nCopies(110, 512 * MIB));
        assertThat(health().reasons()).as("three partitions").isEmpty();
        Shop.pretend(table, 3, List.of(512 * MIB));

        assertThat(health().reasons())
                .containsExactly(new Reason(
                        "skew",
                        15,
                        "the largest of 4 partitions has 110 times the bytes of the median one",
                        Optional.empty()));
    }

    @Test
    void statisticsThatMuchHasComeSinceCost() {
        Shop.pretend(table, 0, Collections.nCopies(2, 512 * MIB));
        table.updateStatistics()
                .setStatistics(
                        table.currentSnapshot().snapshotId(),
                        new GenericStatisticsFile(
                                table.currentSnapshot().snapshotId(), "/nowhere/statistics.puffin", 1, 1, List.of()))
                .commit();
        assertThat(health().reasons()).isEmpty();
        Shop.pretend(table, 0, Collections.nCopies(2, 512 * MIB));

        assertThat(health().reasons())
                .containsExactly(new Reason(
                        "stale-statistics",
                        7,
                        "2,000 of 4,000 rows have come since statistics were made",
                        Optional.empty()));
    }

    @Test
    void aLedgerLosesNothingForItsPipelineLooksAfterIt() {
        Table ledger = shop.orders("firn_ledger", Map.of());
        Shop.pretend(ledger, 0, Collections.nCopies(60, MIB));

        try (InspectedCatalog opened = shop.open()) {
            TableHealth health = opened.health(new TableName("shop.firn_ledger"));
            assertThat(health.reasons()).isEmpty();
            assertThat(health.counts().dataFiles()).isEqualTo(60);
        }
    }

    @Test
    void aRuleCostsItsLeastJustAboveItsFirstValueAndItsMostFromItsLastOn() {
        for (HealthRule rule : HealthRule.values()) {
            assertThat(rule.points(rule.from())).as(rule.word()).isZero();
            assertThat(rule.points(Math.nextUp(rule.from()))).as(rule.word()).isEqualTo(rule.least());
            assertThat(rule.points(rule.to())).as(rule.word()).isEqualTo(rule.most());
            assertThat(rule.points(rule.to() * 2)).as(rule.word()).isEqualTo(rule.most());
            assertThat(rule.points(Double.NaN)).as(rule.word()).isZero();
        }
    }

    private TableHealth health() {
        try (InspectedCatalog opened = shop.open()) {
            return opened.health(ORDERS);
        }
    }
}
