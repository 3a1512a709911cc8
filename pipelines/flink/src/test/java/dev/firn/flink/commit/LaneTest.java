package dev.firn.flink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.ManualExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest implements Lane.Owner {

    private final ManualExecutor pool = new ManualExecutor();
    private final List<List<String>> done = new ArrayList<>();
    private final Deque<Throwable> faults = new ArrayDeque<>();
    private final List<Duration> failingFor = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private int moves;
    private boolean again = true;
    private Runnable meanwhile = () -> {};

    private final Lane<String> lane = new Lane<>("sales.orders", pool, pool::nanos, this::work, this);

    private void work(List<String> items) {
        meanwhile.run();
        Throwable fault = faults.poll();
        if (fault instanceof RuntimeException failure) {
            throw failure;
        }
        if (fault instanceof Error error) {
            throw error;
        }
        done.add(items);
    }

    @Override
    public boolean retry(String name, Throwable failure, Duration since) {
        told.add(name + ": " + failure.getMessage());
        failingFor.add(since);
        return again;
    }

    @Override
    public void moved() {
        moves++;
    }

    @Test
    void keepsTheOrderAndMergesWhatWaits() {
        lane.add("a");
        lane.add("b");
        lane.add("c");
        pool.runDue();
        lane.add("d");
        pool.runDue();
        assertThat(done).containsExactly(List.of("a", "b", "c"), List.of("d"));
        assertThat(lane.isIdle()).isTrue();
        assertThat(moves).isEqualTo(2);
    }

    @Test
    void doesWhatCameMeanwhileAfterwards() {
        meanwhile = () -> {
            meanwhile = () -> {};
            lane.add("b");
            assertThat(lane.isIdle()).isFalse();
        };
        lane.add("a");
        pool.runOne();
        assertThat(lane.isIdle()).isFalse();
        assertThat(done).containsExactly(List.of("a"));
        pool.runDue();
        assertThat(done).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void triesAgainTogetherWithWhatHasComeSince() {
        faults.add(new RuntimeException("down"));
        lane.add("a");
        pool.runDue();
        assertThat(lane.isFailing()).isTrue();
        assertThat(lane.isIdle()).isFalse();
        lane.add("b");
        pool.runDue();
        assertThat(done).isEmpty();

        pool.advance(Duration.ofMillis(250));
        assertThat(done).containsExactly(List.of("a", "b"));
        assertThat(lane.isFailing()).isFalse();
        assertThat(lane.isIdle()).isTrue();
        assertThat(told).containsExactly("sales.orders: down");
    }

    @Test
    void pausesLongerEachTimeUpToHalfAMinute() {
        for (int attempt = 0; attempt < 14; attempt++) {
            faults.add(new RuntimeException("down"));
        }
        lane.add("a");
        pool.runDue();
        long most = 250;
        for (int attempt = 1; attempt < 14; attempt++) {
            assertThat(pool.pause().toMillis()).isBetween(most / 2, most);
            most = Math.min(30_000, most * 2);
            pool.runOne();
        }
        assertThat(done).isEmpty();
        pool.runOne();
        assertThat(done).containsExactly(List.of("a"));
    }

    @Test
    void countsHowLongItHasBeenFailingFromTheFirstFailure() {
        faults.add(new RuntimeException("1"));
        faults.add(new RuntimeException("2"));
        lane.add("a");
        pool.runDue();
        Duration pause = pool.pause();
        pool.runOne();
        pool.runOne();
        assertThat(failingFor).containsExactly(Duration.ZERO, pause);

        pool.advance(Duration.ofHours(1));
        faults.add(new RuntimeException("3"));
        lane.add("b");
        pool.runDue();
        assertThat(failingFor).hasSize(3).last().isEqualTo(Duration.ZERO);
    }

    @Test
    void standsStillWhereTryingAgainIsHopeless() {
        again = false;
        faults.add(new RuntimeException("refused"));
        lane.add("a");
        pool.runDue();
        lane.add("b");
        assertThat(pool.isIdle()).isTrue();
        assertThat(lane.isFailing()).isTrue();
        assertThat(done).isEmpty();
    }

    @Test
    void tellsOfAnErrorInsteadOfDyingInSilence() {
        again = false;
        faults.add(new NoClassDefFoundError("org/apache/hadoop/Missing"));
        lane.add("a");
        pool.runDue();
        assertThat(told).containsExactly("sales.orders: org/apache/hadoop/Missing");
        assertThat(lane.isFailing()).isTrue();
        assertThat(moves).isEqualTo(1);
    }

    @Test
    void takesWorkThatNobodyWillDoAnyMoreWithoutAWord() {
        pool.shutdownNow();
        lane.add("a");
        assertThat(lane.isIdle()).isFalse();
    }
}
