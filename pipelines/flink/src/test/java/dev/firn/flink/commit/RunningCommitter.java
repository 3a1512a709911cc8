package dev.firn.flink.commit;

import dev.firn.definition.HaltOptions;
import dev.firn.flink.testing.FakeLake;
import dev.firn.flink.testing.ManualExecutor;
import dev.firn.flink.testing.Records;
import dev.firn.flink.wire.FirnTypes;
import dev.firn.flink.wire.LedgerCodec;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** A committer in Flink's harness, whose lanes run when the test says so. */
final class RunningCommitter implements AutoCloseable {

    private static final Map<String, Hands> HANDS = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final OneInputStreamOperatorTestHarness<LedgerEntry, Void> harness;
    private final ManualExecutor pool;
    private final ManualExecutor watch;
    private final FakeLake lake;

    /** What does the work of lanes, and of whoever looks after them. */
    private record Hands(ManualExecutor pool, ManualExecutor watch) {
        Hands() {
            this(new ManualExecutor(), new ManualExecutor());
        }
    }

    /** Travels in the job, so it knows the hands by a name. */
    private record ManualThreads(String name) implements LaneThreads.Start {
        private static final long serialVersionUID = 1L;

        @Override
        public LaneThreads start(ClassLoader loader) {
            Hands hands = HANDS.getOrDefault(name, new Hands());
            return new LaneThreads(
                    hands.pool(), hands.pool(), hands.watch(), hands.pool()::nanos, hands.pool()::millis);
        }
    }

    private RunningCommitter(OneInputStreamOperatorTestHarness<LedgerEntry, Void> harness, Hands hands, FakeLake lake) {
        this.harness = harness;
        this.pool = hands.pool();
        this.watch = hands.watch();
        this.lake = lake;
    }

    static RunningCommitter start(FakeLake lake, long run) throws Exception {
        return manual(lake, run, null);
    }

    /** One that ends where too much goes to quarantine. */
    static RunningCommitter start(FakeLake lake, long run, HaltOptions halt, @Nullable OperatorSubtaskState state)
            throws Exception {
        String name = "pool-" + COUNT.incrementAndGet();
        Hands hands = new Hands();
        HANDS.put(name, hands);
        CommitterConfig usual = config(lake, run);
        CommitterConfig config =
                new CommitterConfig(run, usual.planHash(), usual.quarantine(), usual.lake(), usual.rules(), halt);
        return opened(lake, new EpochCommitterFactory(config, new ManualThreads(name)), state, hands);
    }

    /** One that may only go on from the ledger. */
    static RunningCommitter ledgerAlone(FakeLake lake, long run, @Nullable OperatorSubtaskState state)
            throws Exception {
        String name = "pool-" + COUNT.incrementAndGet();
        Hands hands = new Hands();
        HANDS.put(name, hands);
        CommitterConfig usual = config(lake, run);
        CommitterConfig config =
                new CommitterConfig(run, usual.planHash(), usual.quarantine(), usual.lake(), usual.rules(), null, true);
        return opened(lake, new EpochCommitterFactory(config, new ManualThreads(name)), state, hands);
    }

    static RunningCommitter resume(FakeLake lake, long run, OperatorSubtaskState state) throws Exception {
        return manual(lake, run, state);
    }

    /** With lanes as they run in a job. */
    static RunningCommitter withThreads(FakeLake lake, long run) throws Exception {
        return opened(lake, new EpochCommitterFactory(config(lake, run)), null, new Hands());
    }

    private static RunningCommitter manual(FakeLake lake, long run, @Nullable OperatorSubtaskState state)
            throws Exception {
        String name = "pool-" + COUNT.incrementAndGet();
        Hands hands = new Hands();
        HANDS.put(name, hands);
        return opened(lake, new EpochCommitterFactory(config(lake, run), new ManualThreads(name)), state, hands);
    }

    /** A state under another plan than the one it was made with. */
    static RunningCommitter resumeAs(String plan, FakeLake lake, long run, OperatorSubtaskState state)
            throws Exception {
        String name = "pool-" + COUNT.incrementAndGet();
        Hands hands = new Hands();
        HANDS.put(name, hands);
        return opened(lake, new EpochCommitterFactory(config(plan, lake, run), new ManualThreads(name)), state, hands);
    }

    private static RunningCommitter opened(
            FakeLake lake,
            OneInputStreamOperatorFactory<LedgerEntry, Void> factory,
            @Nullable OperatorSubtaskState state,
            Hands hands)
            throws Exception {
        var harness = new OneInputStreamOperatorTestHarness<LedgerEntry, Void>(
                factory, FirnTypes.LEDGER_ENTRY.createSerializer(new ExecutionConfig()));
        RunningCommitter job = new RunningCommitter(harness, hands, lake);
        try {
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
        } catch (Exception failure) {
            // As Flink does it.
            harness.getOneInputOperator().close();
            throw failure;
        }
        return job;
    }

    private static CommitterConfig config(FakeLake lake, long run) {
        return config("plan", lake, run);
    }

    private static CommitterConfig config(String plan, FakeLake lake, long run) {
        return new CommitterConfig(
                run, plan, FakeLake.QUARANTINE, lake.factory(), new CommitRules(Map.of(), Duration.ofSeconds(1)));
    }

    /** What a tap and a writer send when rows of a split were read and written. */
    void reads(long from, long to) throws Exception {
        sees(Records.read(Records.progress(Records.ORDERS_0, from, to)));
        sees(Records.wrote(
                List.of(Records.routed(Records.ORDERS_0, Records.ORDERS, to - from)),
                List.of(lake.stage(Records.ORDERS, Records.rows(Records.ORDERS_0, from, to)))));
    }

    /** What they send when all of these went to quarantine. */
    void rejects(long from, long to) throws Exception {
        sees(Records.read(Records.progress(Records.ORDERS_0, from, to)));
        sees(Records.wrote(
                List.of(new OutcomeCount(
                        Records.ORDERS_0, Outcome.QUARANTINED, Records.ORDERS.full(), "bad-utf8", to - from)),
                List.of(lake.stage(FakeLake.QUARANTINE, Records.rows(Records.ORDERS_0, from, to)))));
    }

    /** The time that barriers are told. */
    void isNow(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    void sees(LedgerEntry entry) throws Exception {
        harness.processElement(new StreamRecord<>(entry));
    }

    OperatorSubtaskState barrier(long checkpoint) throws Exception {
        return harness.snapshot(checkpoint, checkpoint);
    }

    void confirms(long checkpoint) throws Exception {
        harness.notifyOfCompletedCheckpoint(checkpoint);
    }

    /** Lanes do all that is due, then the task reads its mail. */
    void works() throws Exception {
        passes(Duration.ZERO);
    }

    JobID id() {
        return harness.getEnvironment().getJobID();
    }

    /** Somebody looks after the tables, then the task reads its mail. */
    void looks() throws Exception {
        watch.advance(HoldWatch.LOOK);
        mails();
    }

    void passes(Duration time) throws Exception {
        pool.advance(time);
        mails();
    }

    void worksOnce() throws Exception {
        pool.runOne();
        mails();
    }

    private void mails() throws Exception {
        while (harness.getTaskMailbox().hasMail()) {
            harness.getTaskMailbox().take(0).run();
        }
    }

    /** As Flink does before it closes the operators of a cancelled job. */
    void cancels() throws Exception {
        ((EpochCommitter) harness.getOneInputOperator()).getContainingTask().cancel();
    }

    /** Ends as a killed process does: the lanes do nothing any more. */
    void kill() {
        pool.shutdownNow();
    }

    @Override
    public void close() throws Exception {
        // An orderly stop waits for work that no other thread will do.
        if (!pool.isShutdown()) {
            pool.runDue();
        }
        harness.close();
    }

    /** The numbers of the epochs that a state holds. */
    static List<Long> epochs(OperatorSubtaskState state) throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (byte[] bytes : StateBytes.read(state)) {
            numbers.add(LedgerCodec.decodeEpoch(bytes).number());
        }
        return numbers;
    }
}
