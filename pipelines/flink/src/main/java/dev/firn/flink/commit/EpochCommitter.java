package dev.firn.flink.commit;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.flink.CheckpointSettings;
import dev.firn.flink.count.BalanceSheet;
import dev.firn.flink.count.EpochFold;
import dev.firn.flink.wire.LedgerCodec;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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

    /** How long a stopping job waits for commits under way; what is not done by then the next start rolls forward. */
    private static final Duration LAST_COMMITS = Duration.ofSeconds(60);

    private final CommitterConfig settings;
    private final transient MailboxExecutor mailbox;

    private transient @Nullable Open open;

    private record Open(
            Lake lake,
            CommitLanes lanes,
            Positions positions,
            EpochFold fold,
            TreeMap<Long, Epoch> notWrittenAhead,
            ListState<byte[]> state,
            Numbers numbers) {}

    private static final class Numbers {
        private long lastFolded;
        private long lastConfirmed;
    }

    EpochCommitter(CommitterConfig settings, MailboxExecutor mailbox) {
        this.settings = settings;
        this.mailbox = mailbox;
    }

    private transient @Nullable ListState<byte[]> restored;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("epochs", BytePrimitiveArraySerializer.INSTANCE));
    }

    @Override
    public void open() throws Exception {
        super.open();
        CheckpointSettings.verify(getContainingTask());
        ListState<byte[]> state = restored;
        if (state == null) {
            throw new IllegalStateException("our bug: Flink opened the committer before its state");
        }
        Lake lake = settings.lake().open(SystemReferences.ofThisProcess());
        Ledger ledger = lake.ledger();
        LedgerState known = ledger.read();
        if (known.lastRun() > settings.run()) {
            throw stop(new Ledger.RunSuperseded(settings.run(), known.lastRun()));
        }
        CommitLanes lanes = new CommitLanes(lake, ledger, this, getUserCodeClassloader());
        Open opened = new Open(
                lake,
                lanes,
                new Positions(known.positions()),
                new EpochFold(),
                new TreeMap<>(),
                state,
                new Numbers());
        open = opened;
        opened.numbers().lastFolded = known.lastEpoch();
        opened.numbers().lastConfirmed = known.lastEpoch();
        known.open().forEach(lanes::rollForward);
        for (Epoch epoch : pending(state, known.lastEpoch())) {
            goOnWith(opened, epoch);
        }
    }

    /** Epochs that a checkpoint confirmed and that did not reach the ledger before the job ended. */
    private static List<Epoch> pending(ListState<byte[]> state, long lastInLedger) throws Exception {
        List<Epoch> pending = new ArrayList<>();
        for (byte[] bytes : state.get()) {
            Epoch epoch = LedgerCodec.decodeEpoch(bytes);
            if (epoch.number() > lastInLedger) {
                pending.add(epoch);
            }
        }
        pending.sort(java.util.Comparator.comparingLong(Epoch::number));
        return pending;
    }

    private void goOnWith(Open opened, Epoch epoch) {
        if (epoch.number() != opened.numbers().lastFolded + 1) {
            throw stop(new IllegalStateException("the state holds epoch " + epoch.number() + ", the ledger ends with epoch "
                    + opened.numbers().lastFolded + ": the epochs between are lost, so the ledger was rolled back"
                    + " or belongs to another pipeline"));
        }
        // This run makes it durable, so it answers for it; who read it stands in the files' names.
        Epoch mine = new Epoch(
                epoch.number(),
                settings.run(),
                epoch.planHash(),
                epoch.checkpoint(),
                epoch.progress(),
                epoch.outcomes(),
                epoch.staged());
        advance(opened, mine);
        opened.numbers().lastFolded = mine.number();
        opened.numbers().lastConfirmed = mine.number();
        opened.notWrittenAhead().put(mine.number(), mine);
        opened.lanes().submit(mine);
    }

    private Open opened() {
        Open current = open;
        if (current == null) {
            throw new IllegalStateException("our bug: a committer that is not open was given work");
        }
        return current;
    }

    @Override
    public void processElement(StreamRecord<LedgerEntry> element) {
        opened().fold().add(element.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Open current = opened();
        Optional<Epoch> folded = current.fold()
                .close(
                        current.numbers().lastFolded + 1,
                        settings.run(),
                        settings.planHash(),
                        context.getCheckpointId());
        if (folded.isPresent()) {
            Epoch epoch = folded.get();
            prove(epoch);
            advance(current, epoch);
            current.numbers().lastFolded = epoch.number();
            current.notWrittenAhead().put(epoch.number(), epoch);
        }
        List<byte[]> bytes = new ArrayList<>();
        current.notWrittenAhead().values().forEach(epoch -> bytes.add(LedgerCodec.encode(epoch)));
        current.state().update(bytes);
    }

    private void prove(Epoch epoch) {
        BalanceSheet sheet = BalanceSheet.of(epoch, settings.quarantine());
        if (!sheet.holds()) {
            throw stop(new IllegalStateException(
                    "our bug: the sums of epoch " + epoch.number() + " do not hold, so nothing of it is committed\n" + sheet));
        }
    }

    private static void advance(Open current, Epoch epoch) {
        try {
            current.positions().advance(epoch);
        } catch (Positions.PositionsDoNotMeet doNotMeet) {
            throw stop(doNotMeet);
        }
    }

    /** Starting again would meet the same facts. */
    private static SuppressRestartsException stop(RuntimeException reason) {
        return new SuppressRestartsException(reason);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        Open current = opened();
        for (Epoch epoch : current.notWrittenAhead()
                .tailMap(current.numbers().lastConfirmed, false)
                .values()) {
            if (epoch.checkpoint() <= checkpointId) {
                current.numbers().lastConfirmed = epoch.number();
                current.lanes().submit(epoch);
            }
        }
    }

    @Override
    public void writtenAhead(long epoch) {
        inMailbox("epoch written ahead", () -> opened().notWrittenAhead().remove(epoch));
    }

    @Override
    public void landed(TableName table, long epoch, long records) {
        LOG.info("{}: epoch {} is in, {} records", table, epoch, records);
    }

    @Override
    public void mustStop(String lane, RuntimeException reason) {
        inMailbox("commit failed", () -> {
            throw stop(reason);
        });
    }

    private void inMailbox(String what, MailWork work) {
        try {
            mailbox.execute(work::run, what);
        } catch (RejectedExecutionException stopping) {
            // The job is ending; the ledger knows what is in it, and the next start asks it.
            LOG.debug("{}: the task is ending", what);
        }
    }

    private interface MailWork {
        void run() throws IOException;
    }

    @Override
    public void close() throws Exception {
        Open current = open;
        open = null;
        if (current != null) {
            try {
                current.lanes().awaitQuiet(LAST_COMMITS);
            } finally {
                current.lanes().close();
                current.lake().close();
            }
        }
        super.close();
    }
}
