package dev.firn.flink.commit;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.CheckpointSettings;
import dev.firn.flink.count.EpochFold;
import dev.firn.flink.count.SchemaNews;
import dev.firn.flink.wire.LedgerCodec;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.IOUtils;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * The one instance that sees every count: folds them into epochs by its own barrier, proves the sums before the
 * checkpoint can complete, and hands confirmed epochs to the lanes.
 *
 * <pre>
 *   entries -> fold -> [barrier] prove -> state -> [confirmed] ledger -> tables
 * </pre>
 *
 * State holds the epochs that are not known to be in the ledger; everything later is the ledger's.
 */
public final class EpochCommitter extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<LedgerEntry, Void>, CommitLanes.Listener {

    private static final long serialVersionUID = 1L;

    /** The name of the list of epochs in its state; savepoints know it. */
    public static final String STATE = "epochs";

    /** The name of the list with the number of the run that it is of. */
    public static final String STATE_RUN = "run";

    /** How long a stopping job waits for commits under way; what is not done by then the next start rolls forward. */
    private static final Duration LAST_COMMITS = Duration.ofSeconds(60);

    private final CommitterConfig settings;
    private final LaneThreads.Start threads;
    private final transient MailboxExecutor mailbox;

    private transient @Nullable Saved saved;
    private transient @Nullable Deque<AutoCloseable> toClose;
    private transient @Nullable Open open;

    /**
     * The operator's state.
     *
     * @param isRestored whether it comes from a checkpoint, which may be one of before the run was written down
     */
    private record Saved(ListState<byte[]> epochs, ListState<byte[]> run, boolean isRestored) {}

    /** What lives from {@link #open} to {@link #close}. */
    private record Open(
            CommitLanes lanes, EpochFold fold, UnwrittenEpochs epochs, Optional<FloodWatch> flood, Saved saved) {}

    EpochCommitter(CommitterConfig settings, LaneThreads.Start threads, MailboxExecutor mailbox) {
        this.settings = settings;
        this.threads = threads;
        this.mailbox = mailbox;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        saved = new Saved(list(context, STATE), list(context, STATE_RUN), context.isRestored());
    }

    private static ListState<byte[]> list(StateInitializationContext context, String name) throws Exception {
        return context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE));
    }

    @Override
    public void open() throws Exception {
        super.open();
        CheckpointSettings.verify(getContainingTask());
        Saved state = saved;
        if (state == null) {
            throw new IllegalStateException("our bug: Flink opened the committer before its state");
        }
        // Flink closes an operator whose open() has failed, too.
        Deque<AutoCloseable> owned = new ArrayDeque<>();
        toClose = owned;
        Lake lake = settings.lake().open(SystemReferences.ofThisProcess());
        owned.push(lake);
        Ledger ledger = lake.ledger();
        LedgerState known = ledger.read();
        DetachedTables detached = DetachedTables.in(ledger);
        SchemaNews schemas = new SchemaNews(ledger.schemas());
        Optional<FloodWatch> flood = settings.haltAbove()
                .map(limit -> new FloodWatch(limit, getProcessingTimeService()::getCurrentProcessingTime));
        flood.ifPresent(watch -> watch.remember(ledger, known, settings.rules().checkpointInterval()));
        orStop(() -> {
            UnwrittenEpochs epochs = new UnwrittenEpochs(settings, known);
            if (state.isRestored()) {
                settings.requireNoState();
                epochs.requireNoRewindSince(LedgerCodec.decodeRun(state.run().get()));
            }
            List<Epoch> pending = epochs.restore(state.epochs().get());
            pending.forEach(epoch -> schemas.isKnown(epoch.schemas()));
            flood.ifPresent(watch -> pending.forEach(watch::take));
            CommitLanes lanes = new CommitLanes(
                    new CommitLanes.Work(lake, ledger, known, detached, settings.rules()),
                    this,
                    threads.start(getUserCodeClassloader()));
            owned.push(lanes);
            owned.push(LiveCommits.show(getRuntimeContext().getJobId(), lanes));
            TableMetrics.registerTotals(getMetricGroup(), lanes);
            open = new Open(lanes, new EpochFold(schemas), epochs, flood, state);
            lanes.rollForward();
            lanes.submit(pending);
        });
    }

    private Open opened() {
        Open current = open;
        if (current == null) {
            throw new IllegalStateException("our bug: a committer that is not open was given work");
        }
        return current;
    }

    /** Starting again would meet the same facts, so whatever is wrong ends the job. */
    private static void orStop(ThrowingRunnable<Exception> work) throws SuppressRestartsException {
        try {
            work.run();
        } catch (Exception reason) {
            throw new SuppressRestartsException(reason);
        }
    }

    @Override
    public void processElement(StreamRecord<LedgerEntry> element) {
        orStop(() -> opened().fold().add(element.getValue()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Open current = opened();
        orStop(() -> {
            Optional<Epoch> closed = current.epochs().close(current.fold(), context.getCheckpointId());
            closed.ifPresent(epoch -> {
                current.flood().ifPresent(watch -> watch.require(epoch));
                current.lanes().staged(epoch, current.fold().takeAges());
            });
            current.epochs().requireRoom(current.lanes().ledgerFailure());
        });
        current.saved().epochs().update(current.epochs().state());
        current.saved().run().update(List.of(LedgerCodec.encodeRun(settings.run())));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Open current = opened();
        current.lanes().submit(current.epochs().confirmed(checkpointId));
    }

    @Override
    public void writtenAhead(long epoch) {
        inMailbox("epoch written ahead", () -> {
            Open current = open;
            if (current != null) {
                current.epochs().writtenAhead(epoch);
            }
        });
    }

    @Override
    public void landed(TableName table, long epoch, long records) {
        LOG.info("{}: epoch {} is in, {} records", table, epoch, records);
    }

    @Override
    public void detached(TableHealth health) {
        LOG.warn("{}: is detached, the job goes on without it: {}", health.table(), health.reason());
    }

    @Override
    public void attached(TableHealth health) {
        LOG.info("{}: is attached again, with epoch {}", health.table(), health.landedEpoch());
    }

    @Override
    public void opened(TableLane lane) {
        TableMetrics.register(getMetricGroup(), lane);
    }

    @Override
    public void held(TableHealth health) {
        LOG.warn("{}: is held, the others go on: {}", health.table(), health.reason());
    }

    @Override
    public void caughtUp(TableHealth health) {
        LOG.info("{}: has caught up with epoch {}", health.table(), health.landedEpoch());
    }

    @Override
    public void stagedIsOld(TableHealth health) {
        LOG.warn(
                "{}: what is staged for it has been waiting for {}: cleaners of orphan files delete it after three days",
                health.table(),
                HeldTooLong.words(health.oldest()));
    }

    @Override
    public void heldTooLong(TableHealth health, Throwable reason) {
        mustStop(health.table().full(), reason);
    }

    @Override
    public void mustStop(String lane, Throwable reason) {
        LOG.error("{}: the job must stop", lane, reason);
        inMailbox("commit failed", () -> {
            throw new SuppressRestartsException(reason);
        });
    }

    private void inMailbox(String what, ThrowingRunnable<Exception> work) {
        try {
            mailbox.execute(work, what);
        } catch (RejectedExecutionException ending) {
            // What is in the ledger or in state is found there by the next start, and what refuses it refuses again.
            LOG.debug("{}: the task is ending", what);
        }
    }

    @Override
    public void close() throws Exception {
        Open current = open;
        Deque<AutoCloseable> owned = toClose;
        open = null;
        toClose = null;
        try {
            if (current != null && isOrderly()) {
                current.lanes().awaitQuiet(LAST_COMMITS);
            }
        } finally {
            try {
                IOUtils.closeAll(owned == null ? List.of() : owned);
            } finally {
                super.close();
            }
        }
    }

    /** A job that was cancelled, or starts again after a failure, does not wait for a slow table. */
    private boolean isOrderly() {
        return !getContainingTask().isCanceled() && !getContainingTask().isFailing();
    }
}
