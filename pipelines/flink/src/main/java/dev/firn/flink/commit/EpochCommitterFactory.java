package dev.firn.flink.commit;

import dev.firn.spi.ledger.LedgerEntry;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;
import org.jspecify.annotations.Nullable;

/** Makes the committer where it runs, with the mailbox that lanes report to. */
public final class EpochCommitterFactory extends AbstractStreamOperatorFactory<Void>
        implements OneInputStreamOperatorFactory<LedgerEntry, Void>, YieldingOperatorFactory<Void> {

    private static final long serialVersionUID = 1L;

    private final CommitterConfig config;
    private final LaneThreads.Start threads;
    private transient @Nullable MailboxExecutor mailbox;

    public EpochCommitterFactory(CommitterConfig config) {
        this(config, LaneThreads::start);
    }

    EpochCommitterFactory(CommitterConfig config, LaneThreads.Start threads) {
        this.config = config;
        this.threads = threads;
    }

    @Override
    public void setMailboxExecutor(MailboxExecutor mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    // The signature is Flink's; and Flink's own factories hand the time service over by this setter, 1.18 has no other
    // way.
    @SuppressWarnings({"deprecation", "TypeParameterUnusedInFormals"})
    public <T extends StreamOperator<Void>> T createStreamOperator(StreamOperatorParameters<Void> parameters) {
        MailboxExecutor given = mailbox;
        if (given == null) {
            throw new IllegalStateException("our bug: Flink gave the committer no mailbox");
        }
        EpochCommitter committer = new EpochCommitter(config, threads, given);
        committer.setProcessingTimeService(processingTimeService);
        committer.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
        @SuppressWarnings("unchecked") // Flink asks for the operator by the type that getStreamOperatorClass names.
        T operator = (T) committer;
        return operator;
    }

    @Override
    @SuppressWarnings("rawtypes") // The raw type is Flink's.
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
        return EpochCommitter.class;
    }
}
