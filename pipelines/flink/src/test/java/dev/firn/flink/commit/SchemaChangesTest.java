package dev.firn.flink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.flink.testing.ManualExecutor;
import dev.firn.spi.evolution.SchemaDecision;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.SchemaChangeLog;
import dev.firn.spi.source.OutsideException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SchemaChangesTest {

    private final ManualExecutor pool = new ManualExecutor();
    private final FakeLog log = new FakeLog();
    private int moved;
    private final SchemaChanges changes = new SchemaChanges(log, pool, () -> moved++);

    @Test
    void looksOnceAndThenAsksOnlyWhereThereIsSomethingToWrite() {
        changes.start();
        for (int checkpoint = 0; checkpoint < 3; checkpoint++) {
            changes.catchUp();
            pool.runDue();
        }

        assertThat(log.asked).containsExactly("look", "catch up");
        assertThat(changes.isResting()).isTrue();
    }

    @Test
    void countsWhatItHasWrittenByItsDecision() {
        log.seen.add(decision("apply", "apply", "ignore"));
        log.seen.add(decision("quarantine"));

        changes.catchUp();
        assertThat(changes.isResting()).isFalse();
        pool.runDue();

        assertThat(changes.health().written()).isEqualTo(Map.of("apply", 2L, "ignore", 1L, "quarantine", 1L));
        assertThat(changes.health().isFailing()).isFalse();
        assertThat(moved).isOne();
    }

    @Test
    void whatComesWhileItWritesIsWrittenNext() {
        log.seen.add(decision("apply"));
        log.comesMeanwhile.add(decision("ignore"));

        changes.catchUp();
        pool.runDue();

        assertThat(changes.health().written()).containsOnlyKeys("apply", "ignore");
    }

    @Test
    void isTriedAgainWithTheNextCheckpointAndNobodyWaitsForIt() {
        log.seen.add(decision("apply"));
        log.failures = 2;

        changes.start();
        pool.runDue();
        assertThat(changes.health().isFailing()).isTrue();
        assertThat(changes.isResting()).isTrue();
        assertThat(log.asked).containsExactly("look");
        changes.catchUp();
        pool.runDue();
        assertThat(log.asked).containsExactly("look", "look");
        changes.catchUp();
        pool.runDue();

        assertThat(changes.health().isFailing()).isFalse();
        assertThat(changes.health().written()).isEqualTo(Map.of("apply", 1L));
    }

    @Test
    void aLogOfOursThatIsBrokenStopsNothing() {
        log.problem = Optional.of(new NoClassDefFoundError("org/apache/parquet"));
        changes.start();

        pool.runDue();

        assertThat(changes.isResting()).isTrue();
        assertThat(changes.health().isFailing()).isTrue();
    }

    @Test
    void aChangeIsOneLineInTheLog() {
        SchemaDecision decision = decision("apply");

        assertThat(SchemaChanges.words(decision, decision.changes().get(0)))
                .isEqualTo("sales.orders: widen-type n int -> long: apply (default), with version 2 of orders-value,"
                        + " orders-0 @ 17");
    }

    private static SchemaDecision decision(String... decisions) {
        return new SchemaDecision(
                "00000000000000aa",
                Instant.EPOCH,
                "shop",
                1,
                new SchemaDecision.MetTable(new TableName("sales.orders"), "uuid", List.of()),
                new SchemaDecision.Writer(
                        Optional.of("orders-value"),
                        OptionalInt.of(1),
                        OptionalInt.of(2),
                        OptionalInt.empty(),
                        "f",
                        Optional.of(new SchemaDecision.Place("kafka", "orders", 0, 17))),
                List.of(decisions).stream()
                        .map(word -> new SchemaDecision.Change(
                                "widen-type", "n", Optional.of("int"), Optional.of("long"), word, "default"))
                        .toList());
    }

    private static final class FakeLog implements SchemaChangeLog {

        private final List<String> asked = new ArrayList<>();
        private final Deque<SchemaDecision> seen = new ArrayDeque<>();
        private final Deque<SchemaDecision> comesMeanwhile = new ArrayDeque<>();
        private int failures;
        private Optional<Error> problem = Optional.empty();

        @Override
        public boolean isBehind() {
            return !seen.isEmpty();
        }

        @Override
        public void look() {
            asked.add("look");
            if (failures > 0) {
                failures--;
                throw new OutsideException("503");
            }
            problem.ifPresent(error -> {
                throw error;
            });
        }

        @Override
        public List<SchemaDecision> catchUp() {
            asked.add("catch up");
            List<SchemaDecision> written = List.copyOf(seen);
            seen.clear();
            seen.addAll(comesMeanwhile);
            comesMeanwhile.clear();
            return written;
        }
    }
}
