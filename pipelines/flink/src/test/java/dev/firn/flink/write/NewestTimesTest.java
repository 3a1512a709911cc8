package dev.firn.flink.write;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.REFUNDS;
import static dev.firn.flink.testing.Records.record;
import static dev.firn.flink.testing.Records.recordAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.table.Otherwise;
import dev.firn.flink.count.OutcomeTally;
import dev.firn.flink.wire.LedgerCodec;
import dev.firn.flink.wire.SavedTime;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import dev.firn.spi.rule.EventClock;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewestTimesTest {

    private static final long NOW = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final RowEventTime SAID = new RowEventTime("placed_at", Duration.ofDays(2), Otherwise.DROP);

    private final NewestTimes times = new NewestTimes();

    private long next(TableName table, Split split, long micros) {
        return times.of(table, SAID).next(recordAt(NOW, split, 0, "1a"), micros);
    }

    private static NewestTime newest(Split split, TableName table, long micros) {
        return new NewestTime(split, table, "placed_at", micros);
    }

    private static StartTimes start(NewestTime... known) {
        return new StartTimes(List.of(known), List.of());
    }

    private static SavedTime saved(Split split, long micros) {
        return new SavedTime(newest(split, ORDERS, micros), EventClock.NONE);
    }

    @Test
    void eachSplitOfEachTableHasItsOwn() {
        assertThat(next(ORDERS, ORDERS_0, 50)).isEqualTo(EventClock.NONE);
        assertThat(next(ORDERS, ORDERS_1, 7)).isEqualTo(EventClock.NONE);
        assertThat(next(REFUNDS, ORDERS_0, 3)).isEqualTo(EventClock.NONE);

        assertThat(next(ORDERS, ORDERS_0, 40)).as("one that is older").isEqualTo(50);
        assertThat(next(ORDERS, ORDERS_0, 60)).isEqualTo(50);
        assertThat(next(ORDERS, ORDERS_0, 60)).isEqualTo(60);
        assertThat(next(ORDERS, ORDERS_1, 7)).isEqualTo(7);
        assertThat(next(REFUNDS, ORDERS_0, 3)).isEqualTo(3);
    }

    @Test
    void aTimeFarAheadOfItsRecordIsNotBelieved() {
        next(ORDERS, ORDERS_0, 50);

        next(ORDERS, ORDERS_0, (NOW + DAY + 1) * 1_000);
        assertThat(next(ORDERS, ORDERS_0, 60)).isEqualTo(50);
        next(ORDERS, ORDERS_0, (NOW + DAY) * 1_000 + 999);
        assertThat(next(ORDERS, ORDERS_0, 60)).isEqualTo((NOW + DAY) * 1_000 + 999);
    }

    @Test
    void nothingIsKnownByRecordsWithoutATimeOfTheirOwn() {
        EventClock clock = times.of(ORDERS, SAID);
        clock.next(record(ORDERS_0, 0, "1a"), 50);

        assertThat(clock.next(record(ORDERS_0, 1, "1a"), 50)).isEqualTo(EventClock.NONE);
    }

    @Test
    void ofSeveralThatAreKnownTheGreatestIsTheLatest() {
        times.begin(start(newest(ORDERS_0, ORDERS, 50), newest(ORDERS_1, ORDERS, 7)));
        times.goOn(saved(ORDERS_0, 40));
        times.goOn(saved(ORDERS_1, 8));

        assertThat(next(ORDERS, ORDERS_0, 1)).isEqualTo(50);
        assertThat(next(ORDERS, ORDERS_1, 1)).isEqualTo(8);
    }

    @Test
    void anotherColumnKnowsNothing() {
        times.begin(start(new NewestTime(ORDERS_0, ORDERS, "shipped_at", 50)));

        assertThat(next(ORDERS, ORDERS_0, 1)).isEqualTo(EventClock.NONE);
    }

    @Test
    void theLedgerIsToldHowFarTheyHaveMoved() {
        times.begin(start(newest(ORDERS_0, ORDERS, 50)));
        OutcomeTally tally = new OutcomeTally();
        next(ORDERS, ORDERS_0, 60);
        next(ORDERS, ORDERS_1, -7);
        times.tell(tally);
        next(ORDERS, ORDERS_0, 61);
        next(ORDERS, ORDERS_1, -9);
        times.tell(tally);

        assertThat(tally.drain()).containsExactly(moved(ORDERS_0, 11), moved(ORDERS_1, -7));
        times.tell(tally);
        assertThat(tally.drain()).as("nothing has moved").isEmpty();
    }

    private static OutcomeCount moved(Split split, long micros) {
        return new OutcomeCount(split, Outcome.EVENT_TIME, ORDERS.full(), "placed_at", micros);
    }

    @Test
    void epochsThatCountAddUpToWhereTheyStand() {
        NewestTime.Fold fold = new NewestTime.Fold();
        fold.add(written(1, Optional.empty(), moved(ORDERS_0, 50), moved(ORDERS_1, -7)));
        fold.add(written(2, Optional.empty(), moved(ORDERS_0, 11)));
        fold.add(written(3, Optional.of(new Rewound(2, 4, 9)), moved(ORDERS_0, 1_000)));
        fold.add(written(
                5,
                Optional.empty(),
                moved(ORDERS_0, 2),
                new OutcomeCount(ORDERS_0, Outcome.ROUTED, ORDERS.full(), "", 99)));

        assertThat(fold.newest()).containsExactlyInAnyOrder(newest(ORDERS_0, ORDERS, 63), newest(ORDERS_1, ORDERS, -7));
    }

    /** Its row comes late and is told of anew; the ledger adds up differences, so it has to be told what to take off. */
    @Test
    void aTimeThatIsNotBelievedMakesNothingLateAndLeavesTheLedger() {
        OutcomeTally tally = new OutcomeTally();
        times.begin(new StartTimes(List.of(newest(ORDERS_1, ORDERS, 7)), List.of(newest(ORDERS_0, ORDERS, 9_000))));
        times.tell(tally);
        assertThat(tally.drain()).as("nothing has come").isEmpty();
        assertThat(times.now(true)).containsExactly(saved(ORDERS_1, 7));

        assertThat(next(ORDERS, ORDERS_0, 50)).isEqualTo(EventClock.NONE);
        assertThat(next(ORDERS, ORDERS_0, 60)).isEqualTo(50);
        times.tell(tally);

        assertThat(tally.drain()).containsExactly(moved(ORDERS_0, 60 - 9_000));
    }

    /** Within the run, the start's settings come again and the state has more than they know. */
    @Test
    void whatCameSinceIsInTheStateBesideWhatWasNotBelieved() {
        StartTimes start = new StartTimes(List.of(), List.of(newest(ORDERS_0, ORDERS, 9_000)));
        times.begin(start);
        next(ORDERS, ORDERS_0, 60);
        times.tell(new OutcomeTally());
        List<SavedTime> state = times.now(false);
        assertThat(state).containsExactly(new SavedTime(newest(ORDERS_0, ORDERS, 60), 9_000));

        NewestTimes restored = new NewestTimes();
        restored.begin(start);
        state.forEach(restored::goOn);
        OutcomeTally tally = new OutcomeTally();
        assertThat(restored.of(ORDERS, SAID).next(recordAt(NOW, ORDERS_0, 0, "1a"), 70))
                .isEqualTo(60);
        restored.tell(tally);
        assertThat(tally.drain()).containsExactly(moved(ORDERS_0, 10));
    }

    /** It has the time that is not believed, or an older one that the ledger has gone on from. */
    @Test
    void aStateOfBeforeDoesNotBringBackWhatIsNotBelieved() {
        for (long before : new long[] {9_000, 40}) {
            NewestTimes restored = new NewestTimes();
            restored.begin(new StartTimes(List.of(), List.of(newest(ORDERS_0, ORDERS, 9_000))));
            restored.goOn(saved(ORDERS_0, before));
            OutcomeTally tally = new OutcomeTally();

            assertThat(restored.of(ORDERS, SAID).next(recordAt(NOW, ORDERS_0, 0, "1a"), 70))
                    .isEqualTo(EventClock.NONE);
            restored.tell(tally);
            assertThat(tally.drain()).containsExactly(moved(ORDERS_0, 70 - 9_000));
        }
    }

    private static WrittenEpoch written(long number, Optional<Rewound> takenBack, OutcomeCount... outcomes) {
        Epoch epoch = new Epoch(number, 1, "plan", number, List.of(), List.of(outcomes), List.of());
        return new WrittenEpoch(epoch, number, Instant.EPOCH, takenBack, Optional.empty());
    }

    @Test
    void oneSubtaskKeepsWhatNobodyHasMoved() {
        times.begin(start(newest(ORDERS_0, ORDERS, 50), newest(ORDERS_1, ORDERS, 7)));
        next(ORDERS, ORDERS_0, 60);

        assertThat(times.now(false)).containsExactly(saved(ORDERS_0, 60));
        assertThat(times.now(true)).containsExactlyInAnyOrder(saved(ORDERS_0, 60), saved(ORDERS_1, 7));
    }

    @Test
    void isTheSameOnceItIsSaved() throws Exception {
        SavedTime one = new SavedTime(newest(ORDERS_0, ORDERS, -60), 1_000);

        assertThat(LedgerCodec.decodeNewest(LedgerCodec.encode(one))).isEqualTo(one);
    }

    @Test
    void aStateOfANewerFirnIsNotGuessedAt() {
        byte[] saved = LedgerCodec.encode(saved(ORDERS_0, 60));
        saved[0] = 2;

        assertThatThrownBy(() -> LedgerCodec.decodeNewest(saved))
                .isInstanceOf(IOException.class)
                .hasMessage("the state holds an event time of version 2, this Firn reads version 1; start it with the"
                        + " Firn that wrote it");
    }
}
