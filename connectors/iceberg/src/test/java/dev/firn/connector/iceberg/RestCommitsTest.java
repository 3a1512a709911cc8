package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Ledger.RunSuperseded;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.iceberg.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A REST catalog does not compare all of the metadata when it swaps; what is promised must not rest on the remainder. */
class RestCommitsTest {

    @TempDir
    Path folder;

    private TestLake test;

    @BeforeEach
    void open() {
        // Hadoop's commits have no room for a loser's second try, and a file per version is slow where many write.
        test = new TestLake(CatalogKind.JDBC, folder);
        test.open().create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void claimsTheNextRunWhenAnotherIsClaimedWhileItsClaimIsUnderWay() {
        Ledger calm = test.openLikeRest(new FaultyCommits()).ledger();
        List<Long> others = new ArrayList<>();
        Ledger ledger = test.openLikeRest(new FaultyCommits(send -> {
                    others.add(calm.claimRun());
                    send.run();
                }))
                .ledger();

        assertThat(ledger.claimRun()).isEqualTo(2);
        assertThat(others).containsExactly(1L);
        assertThat(calm.read().lastRun()).isEqualTo(2);
    }

    @Test
    void stopsARunThatIsSupersededWhileItsAppendIsUnderWay() {
        Ledger calm = test.openLikeRest(new FaultyCommits()).ledger();
        long oldRun = calm.claimRun();
        Ledger old = test.openLikeRest(new FaultyCommits(send -> {
                    calm.claimRun();
                    send.run();
                }))
                .ledger();

        assertThatThrownBy(() -> old.append(epoch(oldRun), 0))
                .isInstanceOf(RunSuperseded.class)
                .hasMessage("run 1 stops: run 2 of this pipeline has started since and writes its tables");
        assertThat(calm.read().lastEpoch()).isZero();
    }

    @Test
    void givesEachClaimANumberOfItsOwn() throws Exception {
        test.ledger();
        List<Long> runs = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Long> claim = () -> {
                Ledger ledger = test.openLikeRest(new FaultyCommits()).ledger();
                return ledger.claimRun();
            };
            for (Future<Long> run :
                    threads.invokeAll(IntStream.range(0, 4).mapToObj(i -> claim).toList())) {
                runs.add(run.get());
            }
        } finally {
            threads.shutdown();
        }

        assertThat(runs).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @Test
    void refusesATableThatIsDroppedAndMadeAnewBetweenTheLookAndTheCommit() {
        Lake lake = test.openLikeRest(new FaultyCommits().beforeRefresh(this::makeAnew));
        StagedEpoch epoch = TestLake.stage(lake, 1, 1, 1);

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(epoch)))
                .isInstanceOf(TableRecreated.class)
                .hasMessageStartingWith("table `sales.orders` was dropped and made anew: 1 row of epoch 1 was written");
        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();
    }

    @Test
    void refusesATableThatIsDroppedAndMadeAnewWhileTheCommitIsUnderWay() {
        Lake lake = test.openLikeRest(new FaultyCommits(send -> {
            makeAnew();
            send.run();
        }));
        StagedEpoch epoch = TestLake.stage(lake, 1, 1, 1);

        assertThatThrownBy(() -> lake.commit(TestLake.ORDERS, List.of(epoch))).isInstanceOf(TableRecreated.class);
        assertThat(test.ancestry(TestLake.ORDERS)).isEmpty();
    }

    @Test
    void readsTheLedgerBelowAClaim() {
        Ledger ledger = test.ledger();
        long run = ledger.claimRun();
        ledger.append(epoch(run), 0);
        long next = test.ledger().claimRun();

        assertThat(test.ledger().read().open()).extracting(Epoch::number).containsExactly(1L);
        assertThat(test.ancestry(TestLake.NAMES.ledger()))
                .extracting(Snapshot::summary)
                .extracting(summary -> summary.get("firn.run"))
                .containsExactly(String.valueOf(next), String.valueOf(run), String.valueOf(run));
    }

    private void makeAnew() {
        test.drop(TestLake.ORDERS);
        test.open().create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
    }

    private static Epoch epoch(long run) {
        return new Epoch(1, run, "plan", 1, List.of(), List.of(), List.of());
    }
}
