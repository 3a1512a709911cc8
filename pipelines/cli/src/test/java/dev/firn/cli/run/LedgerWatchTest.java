package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.ledger.Rewind;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whoever watches a job does not fall with its catalog. */
class LedgerWatchTest {

    private static final String AWAY =
            "the catalog at `http://127.0.0.1:1` failed to read the ledger `shop.firn_ledger`";

    private final Faulty ledger = new Faulty();

    @Test
    void goesOnLookingWhileTheLedgerCannotBeRead() throws InterruptedException {
        ledger.last = 2;
        try (LedgerWatch watch = new LedgerWatch(ledger, 1, Duration.ofMillis(1))) {
            watch.keepLooking();
            Awaitility.await().until(() -> watch.newest().isPresent());
            assertThat(watch.newEpochs()).extracting(Epoch::number).containsExactly(2L);

            ledger.failure = Optional.of(new OutsideException(AWAY));
            Awaitility.await().until(() -> watch.complaint().isPresent());
            assertThat(watch.complaint()).contains(AWAY);
            assertThat(watch.newest())
                    .hasValueSatisfying(seen -> assertThat(seen.lastEpoch()).isEqualTo(2));
            assertThat(watch.newEpochs()).isEmpty();

            ledger.last = 4;
            ledger.failure = Optional.empty();
            Awaitility.await()
                    .until(() -> watch.complaint().isEmpty()
                            && watch.newest().orElseThrow().lastEpoch() == 4);
            assertThat(watch.newEpochs()).extracting(Epoch::number).containsExactly(3L, 4L);
        }
    }

    @Test
    void outlivesAFailureThatIsNobodysButOurs() throws InterruptedException {
        ledger.failure = Optional.of(new IllegalStateException("our bug: something"));
        try (LedgerWatch watch = new LedgerWatch(ledger, 0, Duration.ofMillis(1))) {
            watch.keepLooking();
            Awaitility.await().until(() -> watch.complaint().isPresent());

            ledger.failure = Optional.empty();
            Awaitility.await().until(() -> watch.newest().isPresent());
            assertThat(watch.complaint()).isEmpty();
        }
    }

    @Test
    void saysWhyTheLastLookFailed() throws InterruptedException {
        ledger.last = 1;
        try (LedgerWatch watch = new LedgerWatch(ledger, 0, Duration.ofDays(1))) {
            assertThat(watch.lookForTheLastTime()).isEmpty();
            assertThat(watch.newEpochs()).hasSize(1);

            ledger.failure = Optional.of(new OutsideException(AWAY));
            assertThat(watch.lookForTheLastTime()).contains(AWAY);
        }
    }

    /** A ledger that answers, or fails, as the test says. */
    private static final class Faulty implements Ledger {

        private volatile long last;
        private volatile Optional<RuntimeException> failure = Optional.empty();

        @Override
        public LedgerState read() {
            failure.ifPresent(thrown -> {
                throw thrown;
            });
            return new LedgerState(last, 1, Map.of(), List.of());
        }

        @Override
        public List<Epoch> since(long epoch) {
            return LongStream.rangeClosed(epoch + 1, last)
                    .mapToObj(number -> new Epoch(number, 1, "plan", number, List.of(), List.of(), List.of()))
                    .toList();
        }

        @Override
        public Map<Split, Long> positionsBehind(long epoch) {
            throw new IllegalStateException("nobody asks for positions here");
        }

        @Override
        public void append(Rewind rewind) {
            throw new IllegalStateException("nobody goes back here");
        }

        @Override
        public Map<TableName, Written> written() {
            throw new IllegalStateException("nobody asks for tables here");
        }

        @Override
        public void history(long epoch, Consumer<WrittenEpoch> each) {
            throw new IllegalStateException("nobody asks for all of it here");
        }

        @Override
        public Map<TableName, DetachedTable> detached() {
            throw new IllegalStateException("nobody detaches tables here");
        }

        @Override
        public void detach(DetachedTable table, long run) {
            throw new IllegalStateException("nobody detaches tables here");
        }

        @Override
        public void attach(TableName table, long run) {
            throw new IllegalStateException("nobody detaches tables here");
        }

        @Override
        public void upkeep(Epoch written) {
            throw new IllegalStateException("nobody tidies up here");
        }

        @Override
        public long claimRun() {
            throw new IllegalStateException("nobody claims a run here");
        }

        @Override
        public void append(Epoch epoch, long settledThrough) {
            throw new IllegalStateException("nobody appends here");
        }
    }
}
