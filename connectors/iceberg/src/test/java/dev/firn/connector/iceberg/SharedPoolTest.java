package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.StagedEpoch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.util.ThreadPools;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg has one pool of workers for the whole process; a table on slow storage may have all of them. */
class SharedPoolTest {

    @TempDir
    Path folder;

    @Test
    void commitsClaimsAndAppendsWhileEveryWorkerIsBusy() throws Exception {
        ExecutorService workers = ThreadPools.getWorkerPool();
        CountDownLatch busy = new CountDownLatch(ThreadPools.WORKER_THREAD_POOL_SIZE);
        CountDownLatch released = new CountDownLatch(1);
        try (TestLake test = new TestLake(CatalogKind.HADOOP, folder)) {
            Lake lake = test.open();
            lake.create(TestLake.spec(TestLake.ORDERS, TestLake.ONE_NUMBER));
            StagedEpoch epoch = TestLake.stage(lake, 1, 1, 1, 2);
            Ledger ledger = lake.ledger();
            for (int worker = 0; worker < ThreadPools.WORKER_THREAD_POOL_SIZE; worker++) {
                workers.execute(() -> {
                    busy.countDown();
                    awaited(released);
                });
            }
            assertThat(awaited(busy)).isTrue();

            CompletableFuture<Void> commits = CompletableFuture.runAsync(() -> {
                long run = ledger.claimRun();
                ledger.append(new Epoch(1, run, "plan", 1, List.of(), List.of(), List.of()), 0);
                lake.commit(TestLake.ORDERS, List.of(epoch));
            });

            assertThat(commits).succeedsWithin(30, TimeUnit.SECONDS);
            released.countDown();
            assertThat(test.numbers()).containsExactly(1L, 2L);
        } finally {
            released.countDown();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
