package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.it.testing.CatalogProcess;
import dev.firn.it.testing.ControlEndpoint;
import dev.firn.it.testing.CutControl;
import dev.firn.it.testing.ForeignTable;
import dev.firn.it.testing.NumbersLake;
import dev.firn.it.testing.Stack;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.sink.StagedEpoch;
import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Firn's commits to a {@code jdbc} catalog whose connection is cut at the statement that swaps the metadata. */
@Tag("heavy")
class PostgresFaultsIT {

    private static final String SWAP = "UPDATE iceberg_tables";

    private static final CatalogProcess POSTGRES = CatalogProcess.postgres();
    private static final String SERVER = POSTGRES.address().replaceFirst("jdbc:postgresql://([^/]+)/.*", "$1");
    private static final CatalogProcess PROXY = CatalogProcess.cutProxy(SERVER);
    private static final String[] ADDRESSES = PROXY.address().split(" ", -1);
    private static final CutControl CUTS = new CutControl(new ControlEndpoint(ADDRESSES[1]));
    private static final String WAREHOUSE =
            Stack.folder().resolve("postgres-faults").toUri().toString();

    // Statements by name would hide their words from the proxy.
    private static final Map<String, String> THROUGH_THE_PROXY =
            settings("jdbc:postgresql://" + ADDRESSES[0] + "/postgres?prepareThreshold=0");
    private static final Catalog DIRECT = ForeignTable.catalog(settings(POSTGRES.address()));

    private static Map<String, String> settings(String uri) {
        return Map.of(
                "type", "jdbc", "uri", uri, "jdbc.user", "postgres", "jdbc.password", "any", "warehouse", WAREHOUSE);
    }

    @AfterAll
    static void end() throws IOException, InterruptedException {
        PROXY.close();
        POSTGRES.close();
    }

    @Test
    void commitsOnceWhereverTheConnectionIsCut() {
        try (NumbersLake lake = open()) {
            lake.commit(lake.stage(1, 1, 2));
            long epoch = 2;
            for (String cut : List.of("before", "after", "before", "after", "after")) {
                CUTS.cut(cut + " " + SWAP);
                StagedEpoch staged = lake.stage(epoch, 10 * epoch, 10 * epoch + 1);

                lake.commit(staged);
                lake.commit(staged);
                epoch++;
            }

            assertThat(CUTS.left()).isZero();
            assertThat(lake.numbers().numbers(Expressions.alwaysTrue()))
                    .containsExactly(1L, 2L, 20L, 21L, 30L, 31L, 40L, 41L, 50L, 51L, 60L, 61L);
            assertThat(lake.numbers().ancestry()).hasSize(6);
            lake.numbers().assertEverySnapshotIsReadable();
        }
    }

    @Test
    void keepsAForeignCommitOnTopOfOneThatLandedBeforeTheCut() {
        try (NumbersLake lake = open()) {
            List<Long> expected = new ArrayList<>();
            for (long epoch = 1; epoch <= 5; epoch++) {
                StagedEpoch staged = lake.stage(epoch, epoch);
                CUTS.cut("pause " + SWAP);

                CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> lake.commit(staged));
                CUTS.awaitPaused();
                lake.numbers().append(1_000 + epoch);
                CUTS.go();
                commit.join();
                expected.addAll(List.of(epoch, 1_000 + epoch));
            }

            expected.sort(null);
            assertThat(lake.numbers().numbers(Expressions.alwaysTrue())).isEqualTo(expected);
            assertThat(lake.numbers().foreignCommits()).isEqualTo(5);
            lake.numbers().assertEverySnapshotIsReadable();
        }
    }

    @Test
    void writesTheLedgerOnceWhereverTheConnectionIsCut() {
        try (NumbersLake lake = open()) {
            Ledger ledger = lake.lake().ledger();
            CUTS.cut("after " + SWAP, "before " + SWAP, "after " + SWAP);
            long run = ledger.claimRun();
            ledger.append(epoch(1, run), 0);
            ledger.append(epoch(2, run), 0);

            assertThat(CUTS.left()).isZero();
            assertThat(run).isEqualTo(1);
            assertThat(ledger.since(0)).extracting(Epoch::number).containsExactly(1L, 2L);
            assertThat(lake.ledger().numbers(Expressions.alwaysTrue())).containsExactly(1L, 2L);
            lake.ledger().assertEverySnapshotIsReadable();
        }
    }

    @Test
    void createsATableOnceWhereverTheConnectionIsCut() {
        for (String cut : List.of("before", "after")) {
            try (NumbersLake lake = NumbersLake.open(Stack.unique("cut"), THROUGH_THE_PROXY, DIRECT)) {
                CUTS.cut(cut + " INSERT INTO iceberg_tables");

                lake.create();

                assertThat(CUTS.left()).isZero();
                lake.commit(lake.stage(1, 1));
                assertThat(lake.numbers().numbers(Expressions.alwaysTrue())).containsExactly(1L);
            }
        }
    }

    @Test
    void saysThatTheDatabaseIsAway() throws Exception {
        CatalogProcess proxy = CatalogProcess.cutProxy(SERVER);
        String address = proxy.address().split(" ", -1)[0];
        try (NumbersLake lake = NumbersLake.open(
                        Stack.unique("away"), settings("jdbc:postgresql://" + address + "/postgres"), DIRECT)
                .create()) {
            lake.commit(lake.stage(1, 1));
            StagedEpoch second = lake.stage(2, 2);
            proxy.close();

            assertThatThrownBy(() -> lake.commit(second))
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("the `jdbc` catalog (uri `jdbc:postgresql://" + address + "/postgres`, warehouse `"
                            + WAREHOUSE + "`) failed to load table `" + lake.table()
                            + "`: the connection to the database was lost and could not be opened again");
        }
    }

    private static NumbersLake open() {
        return NumbersLake.open(Stack.unique("cut"), THROUGH_THE_PROXY, DIRECT).create();
    }

    private static Epoch epoch(long number, long run) {
        return new Epoch(number, run, "plan", number, List.of(), List.of(), List.of());
    }
}
