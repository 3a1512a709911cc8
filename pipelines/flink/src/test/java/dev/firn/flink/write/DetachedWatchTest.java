package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.ManualExecutor;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DetachedWatchTest {

    private final Map<TableName, DetachedTable> ledger = new TreeMap<>();
    private final ManualExecutor executor = new ManualExecutor();
    private int looks;
    private boolean away;

    private DetachedWatch watch(boolean mayDetach) {
        return new DetachedWatch(this::look, mayDetach, new DetachedWatch.Looks(executor, executor::nanos));
    }

    private Map<TableName, DetachedTable> look() {
        looks++;
        if (away) {
            throw new OutsideException("the catalog is down");
        }
        return Map.copyOf(ledger);
    }

    private void detach(TableName table) {
        ledger.put(table, new DetachedTable(table, 3, 7, Instant.EPOCH, Instant.EPOCH, "it is read-only"));
    }

    /** A barrier long after the one before, and what is done in the background till the next. */
    private void barrier(DetachedWatch watch) {
        executor.advance(DetachedWatch.EVERY);
        watch.barrier();
        executor.runDue();
    }

    @Test
    void knowsFromTheStartWhatIsDetached() {
        detach(ORDERS);
        DetachedWatch watch = watch(false);
        assertThat(watch.contains(ORDERS)).isTrue();
        assertThat(watch.contains(REFUNDS)).isFalse();
        assertThat(watch.rejection(ORDERS))
                .map(Rejected::reason)
                .contains("table `sales.orders` is detached since epoch 7: it is read-only");
        assertThat(watch.rejection(REFUNDS)).isEmpty();
    }

    @Test
    void goesByWhatItHasFoundFromTheNextBarrierOn() {
        DetachedWatch watch = watch(true);
        detach(ORDERS);
        barrier(watch);
        assertThat(looks).isEqualTo(2);
        assertThat(watch.contains(ORDERS)).as("in the middle of an epoch").isFalse();
        watch.barrier();
        assertThat(watch.contains(ORDERS)).isTrue();

        ledger.clear();
        barrier(watch);
        assertThat(watch.contains(ORDERS)).isTrue();
        watch.barrier();
        assertThat(watch.contains(ORDERS)).isFalse();
    }

    @Test
    void doesNotLookAtEachBarrier() {
        DetachedWatch watch = watch(true);
        for (int barrier = 0; barrier < 100; barrier++) {
            watch.barrier();
            executor.runDue();
        }
        assertThat(looks).isEqualTo(1);
    }

    @Test
    void looksOnlyWhereThereCanBeSomethingToSee() {
        DetachedWatch watch = watch(false);
        barrier(watch);
        barrier(watch);
        assertThat(looks).isEqualTo(1);

        detach(ORDERS);
        DetachedWatch other = watch(false);
        ledger.clear();
        barrier(other);
        other.barrier();
        assertThat(other.contains(ORDERS)).isFalse();
    }

    @Test
    void staysWithWhatItKnowsWhileTheLedgerIsAway() {
        detach(ORDERS);
        DetachedWatch watch = watch(true);
        ledger.clear();
        away = true;
        barrier(watch);
        watch.barrier();
        assertThat(watch.contains(ORDERS)).isTrue();

        away = false;
        barrier(watch);
        watch.barrier();
        assertThat(watch.contains(ORDERS)).isFalse();
    }
}
