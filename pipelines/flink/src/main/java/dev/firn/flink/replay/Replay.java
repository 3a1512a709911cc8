package dev.firn.flink.replay;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.commit.RollForward;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.PayloadOpener;
import dev.firn.spi.sink.QuarantinePayload;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.sink.TableWriters;
import dev.firn.spi.sink.UnopenedPayload;
import dev.firn.spi.sink.WriterSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts quarantined records where they belong, some thousands at a time, each time in an epoch of a ledger of its own:
 *
 * <pre>
 *   quarantine, without what was put back -> routes -> writers -+-> rows of the tables   \
 *                                                               +-> firn_replayed         > one epoch
 *                                                               +-> refused: stays where it is
 * </pre>
 *
 * Whoever is interrupted has either written an epoch ahead, and then the next one takes it to its tables first, or has changed nothing.
 */
public final class Replay implements AutoCloseable {

    /**
     * How much of the quarantine becomes one epoch, and is in memory at a time.
     *
     * @param bytes of keys, values and headers
     */
    public record EpochSize(int records, long bytes) {
        public static final EpochSize DEFAULT = new EpochSize(50_000, 64L << 20);
    }

    private static final Comparator<QuarantinedRow> IN_ORDER = Comparator.comparing(
                    (QuarantinedRow row) -> row.record().split())
            .thenComparingLong(row -> row.record().position());

    private final PipelinePlan plan;
    private final Lake lake;
    private final Ledger ledger;
    private final long run;
    private final TableWriters writers;
    private final PayloadOpener opener;
    private final Rerouting rerouting;
    private final PipelineTables tables;
    private final EpochSize size;
    private final Replayed.Tally tally = new Replayed.Tally();
    private final Set<Twin> withoutTable = new HashSet<>();
    private final List<QuarantinedRow> waiting = new ArrayList<>();
    private long bytes;
    private long epoch;

    private Replay(
            PipelinePlan plan,
            Lake lake,
            long run,
            TableWriters writers,
            PayloadOpener opener,
            Rerouting rerouting,
            PipelineTables tables,
            EpochSize size) {
        this.plan = plan;
        this.lake = lake;
        this.ledger = lake.ledger();
        this.run = run;
        this.writers = writers;
        this.opener = opener;
        this.rerouting = rerouting;
        this.tables = tables;
        this.size = size;
        this.epoch = ledger.read().lastEpoch();
    }

    /** Rows without a table that one mark stands for: a stream may have had several routes that go by values. */
    private record Twin(String pipeline, long run, dev.firn.spi.record.Split split, long position) {}

    /**
     * Takes what an earlier one has written ahead to its tables, and is the only one from then on.
     *
     * @param lake of the plan's names for a replay
     * @param policies about schemas that the tables do not have yet
     * @throws RuntimeException the reason why a table can't be committed to
     */
    public static Replay open(
            PipelinePlan plan,
            Lake lake,
            PipelineTables tables,
            EvolutionPolicies policies,
            EpochSize size,
            ReferenceResolver references,
            ClassLoader loader)
            throws InterruptedException {
        long run = lake.ledger().claimRun();
        // From here on a rewind that begins ends this one; one that has begun is seen.
        tables.refuseWhileTakenBack();
        forward(lake);
        if (lake.table(plan.sink().names().replayed()).isEmpty()) {
            lake.create(lake.replayedTable());
        }
        Rerouting rerouting = Rerouting.open(plan, lake, tables, references, loader);
        QuarantinePayload payload = plan.sink().payload();
        WriterSettings settings = new WriterSettings(run, 0, 0, 1, 1, RowKeys.NONE, payload.kept(references));
        TableWriters writers = lake.writers(settings, Optional.of(new PolicyEvolution(policies)));
        return new Replay(plan, lake, run, writers, new PayloadOpener(payload, references), rerouting, tables, size);
    }

    private static void forward(Lake lake) throws InterruptedException {
        for (RollForward.OpenTable open : new RollForward(lake).run()) {
            throw open.reason();
        }
    }

    /** @param progress is told how many records were looked at so far, epoch by epoch */
    public Replayed run(QuarantineSelection selection, LongConsumer progress) throws InterruptedException {
        List<InterruptedException> interrupted = new ArrayList<>();
        long[] seen = {0};
        lake.quarantined(selection, row -> {
            if (row.replayed().isEmpty()) {
                seen[0]++;
                try {
                    add(row);
                } catch (InterruptedException e) {
                    interrupted.add(e);
                    return false;
                }
                if (waiting.isEmpty()) {
                    progress.accept(seen[0]);
                }
            }
            return true;
        });
        for (InterruptedException e : interrupted) {
            throw e;
        }
        write();
        settle();
        progress.accept(seen[0]);
        return tally.sum();
    }

    private void add(QuarantinedRow row) throws InterruptedException {
        QuarantinedRow opened;
        try {
            opened = opener.opened(row);
        } catch (UnopenedPayload damaged) {
            // It stays where it is, as one that its table refuses does: the others have nothing to do with it.
            tally.refused(row, Rerouting.staying(row, String.valueOf(damaged.getMessage())));
            return;
        }
        waiting.add(opened);
        bytes += bytes(opened.record());
        if (waiting.size() >= size.records() || bytes >= size.bytes()) {
            write();
        }
    }

    private static long bytes(RawRecord record) {
        long bytes = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Writes one epoch of what waits, and takes it to its tables. */
    private void write() throws InterruptedException {
        if (waiting.isEmpty()) {
            return;
        }
        waiting.sort(IN_ORDER);
        Batches batches = new Batches(writers);
        for (QuarantinedRow row : waiting) {
            if (isTwin(row)) {
                tally.putBack(row);
            } else {
                batches.add(row, rerouting.of(row));
            }
        }
        waiting.clear();
        bytes = 0;
        List<OutcomeCount> outcomes = batches.write(tally, this::putBack);
        List<StagedFiles> staged = writers.stage();
        if (staged.isEmpty()) {
            return;
        }
        tables.refuseWhileTakenBack();
        long before = epoch;
        epoch++;
        Epoch written = new Epoch(epoch, run, PlanJson.hash(plan), 0, List.of(), outcomes, staged);
        ledger.append(written, before);
        forward(lake);
        ledger.upkeep(written);
        tally.epoch();
    }

    /**
     * Says that all is in its tables. Else the last epoch would count as open for as long as nobody puts anything back, and whoever looks at
     * it next would want tables that may be gone for good by then.
     */
    private void settle() {
        if (ledger.read().open().stream().anyMatch(open -> !open.staged().isEmpty())) {
            long last = epoch;
            epoch++;
            ledger.append(new Epoch(epoch, run, PlanJson.hash(plan), 0, List.of(), List.of(), List.of()), last);
        }
    }

    private boolean isTwin(QuarantinedRow row) {
        return row.table().isEmpty() && withoutTable.contains(twin(row));
    }

    private void putBack(QuarantinedRow row) {
        if (row.table().isEmpty()) {
            withoutTable.add(twin(row));
        }
    }

    private static Twin twin(QuarantinedRow row) {
        RawRecord record = row.record();
        return new Twin(row.pipeline(), row.run(), record.split(), record.position());
    }

    @Override
    public void close() throws Exception {
        try {
            writers.close();
        } finally {
            rerouting.close();
        }
    }
}
