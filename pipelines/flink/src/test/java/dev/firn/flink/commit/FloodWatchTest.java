package dev.firn.flink.commit;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static dev.firn.flink.testing.Records.ORDERS_1;
import static dev.firn.flink.testing.Records.REFUNDS;
import static dev.firn.flink.testing.Records.REFUNDS_0;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.HaltOptions;
import dev.firn.definition.bind.Share;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.Records;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.Rewind.Rewound;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.WrittenEpoch;
import dev.firn.spi.record.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FloodWatchTest {

    private static final Duration OVER = Duration.ofMinutes(10);

    private final FloodWatch watch = watch(2_000);
    private long now = Duration.ofDays(20_000).toMillis();
    private long number;

    private FloodWatch watch(int basisPoints) {
        return new FloodWatch(new HaltOptions(new Share(basisPoints), OVER), () -> now);
    }

    private static OutcomeCount bad(Split split, String table, String code, long records) {
        return new OutcomeCount(split, Outcome.QUARANTINED, table, code, records);
    }

    private static OutcomeCount other(Outcome outcome, long records) {
        return new OutcomeCount(ORDERS_0, outcome, "", "", records);
    }

    private Epoch epoch(long read, OutcomeCount... outcomes) {
        return epoch(List.of(new SplitProgress(ORDERS_0, 0, read, read)), outcomes);
    }

    private Epoch epoch(List<SplitProgress> progress, OutcomeCount... outcomes) {
        return new Epoch(++number, 1, "plan", number, progress, List.of(outcomes), List.of());
    }

    /** Of so many records so many are bad. */
    private Epoch epoch(long read, long bad) {
        return epoch(read, bad(ORDERS_0, ORDERS.full(), "bad-utf8", bad));
    }

    private void passes(Epoch epoch) {
        assertThatCode(() -> watch.require(epoch)).doesNotThrowAnyException();
    }

    private void isFlood(Epoch epoch) {
        assertThatThrownBy(() -> watch.require(epoch)).isInstanceOf(QuarantineFlooded.class);
    }

    @Test
    void theShareItselfIsLetThrough() {
        passes(epoch(1_000, 200));
        isFlood(epoch(1_000, 201));
    }

    @Test
    void aFewAreNoFloodWhateverTheirShareIs() {
        passes(epoch(3, 1));
        passes(epoch(98, 98));
        isFlood(epoch(1, 1));
    }

    @Test
    void allOfTheSpanCounts() {
        passes(epoch(10_000, 0));
        passes(epoch(1_000, 1_000));
        isFlood(epoch(2_000, 2_000));
    }

    @Test
    void whatIsOlderThanTheSpanDoesNotCount() {
        passes(epoch(10_000, 0));
        now += OVER.toMillis() / 2;
        passes(epoch(1_000, 1_000));
        now += OVER.toMillis() / 2 + 1_000;
        isFlood(epoch(100, 100));
    }

    @Test
    void whatIsMendedHaltsNothing() {
        passes(epoch(10_000, 0));
        now += OVER.toMillis() / 2;
        passes(epoch(1_000, 1_000));
        now += OVER.toMillis() / 2 + 1_000;

        passes(epoch(10, 0));
        passes(epoch(10, 2));
        passes(epoch(80, 2));
        passes(epoch(100, 20));
        isFlood(epoch(100, 21));
    }

    @Test
    void aSmallEpochDecidesNothingWithoutThoseBeforeIt() {
        passes(epoch(10_000, 0));
        now += OVER.toMillis() / 2;
        passes(epoch(1_000, 1_000));
        now += OVER.toMillis() / 2 + 1_000;

        passes(epoch(10, 3));
        passes(epoch(80, 10));
        passes(epoch(9, 9));
        // 23 of 100.
        isFlood(epoch(1, 1));
    }

    @Test
    void aSmallEpochDecidesWithNoneThatALargeOneHasFollowed() {
        passes(epoch(10_000, 0));
        now += OVER.toMillis() / 2;
        passes(epoch(1_000, 1_000));
        now += OVER.toMillis() / 2 + 1_000;

        passes(epoch(90, 18));
        passes(epoch(100, 0));
        passes(epoch(10, 9));
    }

    /** As batches come from two producers of which one is broken. */
    @Test
    void aSmallEpochDecidesTogetherWithALargeOneThatWasGood() {
        passes(epoch(150, 0));
        passes(epoch(99, 99));
        passes(epoch(150, 0));
        // 198 of 498 in the span, and 99 of the newest 249.
        isFlood(epoch(99, 99));
    }

    @Test
    void ofSmallEpochsThoseAreLeftOutThatTheNewestRecordsDoNotNeed() {
        passes(epoch(10_000, 0));
        now += OVER.toMillis() / 2;
        passes(epoch(1_000, 1_000));
        now += OVER.toMillis() / 2 + 1_000;

        passes(epoch(50, 0));
        passes(epoch(60, 10));
        // 21 of 110: the fifty good ones would make it 21 of 160.
        passes(epoch(50, 11));
        isFlood(epoch(50, 15));
    }

    @Test
    void theWholeIsNeverAbove() {
        FloodWatch whole = watch(10_000);
        assertThatCode(() -> whole.require(epoch(1_000, 1_000))).doesNotThrowAnyException();
    }

    @Test
    void aShareOfAFewHundredthsIsExact() {
        FloodWatch small = watch(1);
        assertThatCode(() -> small.require(epoch(1_000_000, 100))).doesNotThrowAnyException();
        assertThatThrownBy(() -> small.require(epoch(1_000_000, 101))).isInstanceOf(QuarantineFlooded.class);
    }

    @Test
    void whatIsNoDataDoesNotCount() {
        // Without the marks 120 of 500 are bad.
        isFlood(epoch(1_500, bad(ORDERS_0, "", "unrouted", 120), other(Outcome.NON_DATA, 1_000)));
    }

    @Test
    void eachCopyCounts() {
        // 150 of 1,000 outcomes, though of 500 records.
        passes(epoch(500, bad(ORDERS_0, ORDERS.full(), "bad-utf8", 150), other(Outcome.COPIED, 500)));
    }

    @Test
    void whatWaitsBecauseTheFileSaysSoDoesNotCountNeitherWay() {
        passes(epoch(1_000, bad(ORDERS_0, ORDERS.full(), "table-paused", 1_000)));
        passes(epoch(1_000, bad(ORDERS_0, ORDERS.full(), "table-detached", 1_000)));
        isFlood(epoch(
                1_000,
                bad(ORDERS_0, ORDERS.full(), "table-paused", 700),
                bad(ORDERS_0, REFUNDS.full(), "bad-utf8", 101)));
    }

    @Test
    void whatWaitsForATableThatIsGoneDoesNotCount() {
        passes(epoch(1_000, bad(ORDERS_0, ORDERS.full(), "table-gone", 900)));
    }

    @Test
    void whatSomebodyHasLetThroughDoesNotCountAgainNorWhatWasBeforeIt() {
        watch.remember(writtenNow(epoch(90, 90)));
        watch.remember(writtenNow(epoch(1_000, 900)));

        passes(epoch(4, 1));
        passes(epoch(98, 98));
        isFlood(epoch(1, 1));
    }

    @Test
    void whatIsOnItsWayAndWasLetThroughDoesNotCountAgain() {
        watch.take(epoch(1_000, 900));

        passes(epoch(100, 90));
    }

    @Test
    void goodRecordsOfTheSpanBeforeTellThatNobodyLetTheFirstOfTheLastThrough() {
        now -= OVER.toMillis() + 1_000;
        WrittenEpoch good = writtenNow(epoch(10_000, 0));
        now += 2_000;
        WrittenEpoch bad = writtenNow(epoch(1_000, 1_000));
        now += OVER.toMillis() - 1_000;
        watch.remember(good);
        watch.remember(bad);

        isFlood(epoch(150, 60));
    }

    @Test
    void whatAClockHasTakenBackCountsAsOfNowAndForASpan() {
        passes(epoch(60, 60));
        now -= Duration.ofDays(1).toMillis();
        isFlood(epoch(45, 45));
        now += OVER.toMillis() + 1_000;
        passes(epoch(99, 99));
    }

    private WrittenEpoch writtenNow(Epoch epoch) {
        return written(epoch.number(), epoch);
    }

    /** Epochs of a second each, which a job with longer ones reads again. */
    @Test
    void readsAsFarBackAsTheSpanGoesHoweverShortItsEpochsWere() {
        FakeLake lake = FakeLake.create();
        now = 0;
        lake.ledger().claimRun();
        long behind = 0;
        lake.ledger().append(epoch(60, 60), behind++);
        for (int i = 0; i < 500; i++) {
            lake.ledger().append(new Epoch(++number, 1, "plan", number, List.of(), List.of(), List.of()), behind++);
        }
        watch.remember(lake.ledger(), lake.ledger().read(), OVER);

        isFlood(epoch(45, 45));
    }

    private WrittenEpoch written(long first, Epoch epoch) {
        return new WrittenEpoch(epoch, first, Instant.ofEpochMilli(now));
    }

    @Test
    void whatTheLedgerHasOfTheSpanCountsToo() {
        Epoch sixty = epoch(60, 60);
        watch.remember(written(sixty.number(), sixty));
        isFlood(epoch(45, 45));
    }

    @Test
    void whatTheLedgerHasAddedUpOrTakenBackDoesNotCount() {
        Rewound rewound = new Rewound(0, 9, 2);
        Epoch sum = epoch(60, 60);
        Epoch back = epoch(60, 60);
        watch.remember(written(sum.number() - 1, sum));
        watch.remember(new WrittenEpoch(
                back, back.number(), Instant.ofEpochMilli(now), Optional.of(rewound), Optional.empty()));
        passes(epoch(45, 45));
    }

    @Test
    void saysHowMuchOfWhatAndWhere() {
        List<SplitProgress> read = new ArrayList<>(List.of(
                new SplitProgress(ORDERS_0, 4_000, 5_000, 1_000),
                new SplitProgress(ORDERS_1, 7_000, 9_000, 2_000),
                new SplitProgress(REFUNDS_0, 10, 2_010, 2_000)));
        Epoch epoch = epoch(
                read,
                bad(ORDERS_0, ORDERS.full(), "bad-utf8", 300),
                bad(ORDERS_1, ORDERS.full(), "bad-utf8", 900),
                bad(REFUNDS_0, REFUNDS.full(), "unknown-schema-id", 110),
                bad(REFUNDS_0, "", "unrouted", 2),
                bad(REFUNDS_0, "", "wrong-magic-byte", 1));

        assertThatThrownBy(() -> watch.require(epoch))
                .hasMessage("quarantine-flood: 1,313 of 5,000 records of the last 10m go to quarantine, 26.26%, and"
                        + " `halt-above` lets 20% through: 1,200 `bad-utf8` of `sales.orders`, 110 `unknown-schema-id` of"
                        + " `sales.refunds`, 2 `unrouted` and 1 more reason. Of those that came last 900 are in"
                        + " kafka/orders-1, between positions 7000 and 8999. The job stops before they are committed, and"
                        + " nothing is lost: the next run reads the records of epoch 1 again, and the bad ones of the"
                        + " epochs before are in quarantine. Mend what is wrong and start it; or, for what is to go there all"
                        + " the same, give it a larger `share`, or none. See `firn help quarantine-flood`");
    }

    @Test
    void pointsAtNothingThatOnlyWaits() {
        Epoch epoch = epoch(
                List.of(new SplitProgress(ORDERS_0, 0, 200, 200), new SplitProgress(ORDERS_1, 0, 500, 500)),
                bad(ORDERS_0, ORDERS.full(), "bad-utf8", 100),
                bad(ORDERS_1, REFUNDS.full(), "table-paused", 500));

        assertThatThrownBy(() -> watch.require(epoch))
                .hasMessageContaining("100 of 200 records")
                .hasMessageContaining("100 are in kafka/orders-0, between positions 0 and 199.");
    }

    @Test
    void saysThreeReasonsAndNoMoreWhereThereAreNoMore() {
        Epoch epoch = epoch(
                200,
                bad(ORDERS_0, ORDERS.full(), "bad-utf8", 100),
                bad(ORDERS_0, "", "unrouted", 3),
                bad(ORDERS_0, "", "not-json", 2));

        assertThatThrownBy(() -> watch.require(epoch)).hasMessageContaining("3 `unrouted`, 2 `not-json`. Of those");
    }

    @Test
    void saysTheSpanAsItIsWrittenAndNeverAShareThatIsLetThrough() {
        FloodWatch odd = new FloodWatch(new HaltOptions(new Share(2_000), Duration.ofSeconds(90)), () -> now);

        assertThatThrownBy(() -> odd.require(epoch(1_000_000, 200_001)))
                .hasMessageContaining("of the last 90s go to quarantine, 20.01%, and `halt-above` lets 20% through");
        FloodWatch days = new FloodWatch(new HaltOptions(new Share(2_000), Duration.ofDays(2)), () -> now);
        assertThatThrownBy(() -> days.require(epoch(1_000, 201))).hasMessageContaining("of the last 2d go");
    }

    @Test
    void saysAsMuchOfOneReason() {
        assertThatThrownBy(() -> watch.require(epoch(200, 100)))
                .hasMessageContaining("100 of 200 records of the last 10m go to quarantine, 50%, and")
                .hasMessageContaining("through: 100 `bad-utf8` of `sales.orders`. Of those that came last 100 are in")
                .hasMessageContaining(Records.ORDERS_0.id() + ", between positions 0 and 199.");
    }
}
