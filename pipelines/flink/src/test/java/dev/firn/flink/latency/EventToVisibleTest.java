package dev.firn.flink.latency;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.REFUNDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.ManualExecutor;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** From the timestamps that writers see to the figures of a table. */
class EventToVisibleTest {

    private static final long NOW = ManualExecutor.START;

    private final ManualExecutor clock = new ManualExecutor();
    private final AgesWritten writer = new AgesWritten(clock::millis);
    private final EventToVisible latency = new EventToVisible(clock::millis, clock::nanos);

    private void writes(TableName table, long... timestamps) {
        LongStream.of(timestamps).forEach(writer.of(table)::add);
    }

    private void barrier(long epoch) {
        latency.staged(epoch, writer.drain());
    }

    private static void isWithin(double error, long told, long exact) {
        assertThat(told).isBetween((long) Math.floor(exact * (1 - error)), (long) Math.ceil(exact * (1 + error)));
    }

    @Test
    void countsFromARecordsTimestampToTheCommitWhateverWaitsBetween() {
        writes(ORDERS, NOW - 40, NOW - 100);
        clock.passes(Duration.ofMillis(100));
        writes(ORDERS, NOW + 90);
        barrier(1);
        clock.passes(Duration.ofMillis(27));
        assertThat(latency.of(ORDERS)).isEqualTo(VisibleAfter.UNKNOWN);

        latency.landed(ORDERS, 1);

        VisibleAfter told = latency.of(ORDERS);
        assertThat(told.rows()).isEqualTo(3);
        isWithin(0.03, told.p50(), 167);
        isWithin(0.03, told.max(), 227);
        assertThat(latency.of(REFUNDS)).isEqualTo(VisibleAfter.UNKNOWN);
    }

    /** Epochs of several writers whose barriers and commits are anywhere, and some backfill. */
    @Property(tries = 100)
    void isRightWithinThreeTimesTheErrorOfItselfAndOfTheEpoch(@ForAll long seed) {
        Random random = new Random(seed);
        ManualExecutor time = new ManualExecutor();
        EventToVisible visible = new EventToVisible(time::millis, time::nanos);
        List<AgesWritten> writers = new ArrayList<>();
        for (int subtask = 0; subtask <= random.nextInt(4); subtask++) {
            writers.add(new AgesWritten(time::millis));
            time.passes(Duration.ofMillis(random.nextInt(500)));
        }
        List<Long> timestamps = new ArrayList<>();
        List<Long> exact = new ArrayList<>();
        long longestEpoch = 500;
        for (long epoch = 1; epoch <= 6; epoch++) {
            int interval = random.nextInt(8_000);
            longestEpoch = Math.max(longestEpoch, interval + 500);
            for (int row = random.nextInt(300); row > 0; row--) {
                long timestamp = time.millis() + random.nextInt(interval + 1) - age(random);
                writers.get(random.nextInt(writers.size())).of(ORDERS).add(timestamp);
                timestamps.add(timestamp);
            }
            time.passes(Duration.ofMillis(interval));
            Collections.shuffle(writers, random);
            for (AgesWritten subtask : writers) {
                visible.staged(epoch, subtask.drain());
                time.passes(Duration.ofMillis(random.nextInt(100)));
            }
            if (random.nextBoolean() || epoch == 6) {
                visible.landed(ORDERS, epoch);
                long commit = time.millis();
                timestamps.forEach(timestamp -> exact.add(Math.max(0, commit - timestamp)));
                timestamps.clear();
            }
        }
        if (exact.isEmpty()) {
            assertThat(visible.of(ORDERS)).isEqualTo(VisibleAfter.UNKNOWN);
            return;
        }
        exact.sort(null);
        VisibleAfter told = visible.of(ORDERS);
        assertThat(told.rows()).isEqualTo(exact.size());
        double ofTheEpoch = longestEpoch * 3 * Millis.ERROR + 3;
        assertThat((double) told.p50()).isBetween(low(exact, 50) - ofTheEpoch, high(exact, 50) + ofTheEpoch);
        assertThat((double) told.p90()).isBetween(low(exact, 90) - ofTheEpoch, high(exact, 90) + ofTheEpoch);
        assertThat((double) told.p99()).isBetween(low(exact, 99) - ofTheEpoch, high(exact, 99) + ofTheEpoch);
        assertThat((double) told.max()).isBetween(low(exact, 100) - ofTheEpoch, high(exact, 100) + ofTheEpoch);
    }

    private static long age(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong(Duration.ofDays(700).toMillis());
            case 1 -> -random.nextInt(5_000);
            default -> random.nextInt(50);
        };
    }

    private static double low(List<Long> sorted, int percent) {
        return exact(sorted, percent) * (1 - 3 * Millis.ERROR);
    }

    private static double high(List<Long> sorted, int percent) {
        return exact(sorted, percent) * (1 + 3 * Millis.ERROR);
    }

    private static long exact(List<Long> sorted, int percent) {
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }

    @Test
    void aTimestampOfTheFutureTakesNoTimeAndNoTimestampDoesNotCount() {
        writes(ORDERS, NOW + 60_000, Long.MAX_VALUE, RawRecord.NO_TIMESTAMP, -1, NOW - 5);
        writes(REFUNDS, -1);
        barrier(1);
        latency.landed(ORDERS, 1);
        latency.landed(REFUNDS, 1);
        assertThat(latency.of(ORDERS)).isEqualTo(new VisibleAfter(0, 5, 5, 5, 3));
        assertThat(latency.of(REFUNDS)).isEqualTo(VisibleAfter.UNKNOWN);
    }

    @Test
    void aRecordOf1970IsOldAndNotLost() {
        writes(ORDERS, 0);
        barrier(1);
        latency.landed(ORDERS, 1);
        isWithin(0.02, latency.of(ORDERS).p50(), NOW);
    }

    @Test
    void whatWasHeldIsLateAndTheNextIsNot() {
        for (long epoch = 1; epoch <= 4_000; epoch++) {
            writes(ORDERS, clock.millis());
            clock.passes(Duration.ofSeconds(10));
            barrier(epoch);
        }
        assertThat(latency.of(ORDERS)).isEqualTo(VisibleAfter.UNKNOWN);

        latency.landed(ORDERS, 4_000);

        VisibleAfter told = latency.of(ORDERS);
        assertThat(told.rows()).isEqualTo(4_000);
        isWithin(0.05, told.p50(), 20_000_000);
        isWithin(0.05, told.max(), 40_000_000);

        clock.passes(EventToVisible.WINDOW);
        barrier(4_001);
        writes(ORDERS, clock.millis());
        barrier(4_001);
        latency.landed(ORDERS, 4_001);
        assertThat(latency.of(ORDERS).max()).isZero();
    }

    @Test
    void anEpochThatDidNotLandIsNotTold() {
        writes(ORDERS, NOW - 10);
        barrier(1);
        writes(ORDERS, NOW - 100);
        barrier(2);
        latency.landed(ORDERS, 1);
        assertThat(latency.of(ORDERS)).isEqualTo(new VisibleAfter(10, 10, 10, 10, 1));
        latency.landed(ORDERS, 2);
        assertThat(latency.of(ORDERS)).isEqualTo(new VisibleAfter(10, 100, 100, 100, 2));
    }

    @Test
    void tellsOfTheLastMinuteOrOfTheLastRowsBeforeIt() {
        writes(ORDERS, NOW - 100);
        barrier(1);
        latency.landed(ORDERS, 1);
        clock.passes(Duration.ofSeconds(59));
        writes(ORDERS, clock.millis() - 10);
        barrier(2);
        latency.landed(ORDERS, 2);
        assertThat(latency.of(ORDERS).rows()).isEqualTo(2);
        clock.passes(Duration.ofSeconds(1));
        assertThat(latency.of(ORDERS).rows()).isEqualTo(1);
        clock.passes(Duration.ofHours(1));
        barrier(3);
        assertThat(latency.of(ORDERS).rows()).isEqualTo(1);
        writes(ORDERS, clock.millis());
        barrier(3);
        latency.landed(ORDERS, 3);
        assertThat(latency.of(ORDERS)).isEqualTo(new VisibleAfter(0, 0, 0, 0, 1));
    }

    @Test
    void saysNothingOfEpochsThatItWasNotThereFor() {
        latency.landed(ORDERS, 7);
        assertThat(latency.of(ORDERS)).isEqualTo(VisibleAfter.UNKNOWN);
    }
}
