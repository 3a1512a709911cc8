package dev.firn.flink.replay;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.commit.RollForward;
import dev.firn.flink.replay.WaitingPlaces.Place;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.PlanJson;
import dev.firn.quality.evolution.PolicyEvolution;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.StagedFiles;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Puts quarantined records where they belong, some thousands at a time, each time in an epoch of a ledger of its own:
 *
 * <pre>
 *   quarantine, without what was put back, by position -> routes -> writers -+-> rows of the tables   \
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
        return run(selection, record -> true, progress);
    }

    /**
     * Puts them back in the order of their positions, split by split.
     *
     * @param meant which of the selection
     */
    public Replayed run(QuarantineSelection selection, Predicate<RawRecord> meant, LongConsumer progress)
            throws InterruptedException {
        WaitingPlaces places = WaitingPlaces.of(lake, selection, meant);
        Optional<Place> next = places.first();
        long seen = 0;
        while (next.isPresent()) {
            WaitingPlaces.Stretch stretch = places.stretch(next.get(), size.records());
            StretchRows rows = new StretchRows(stretch, size);
            lake.quarantined(selection.at(stretch.within()), row -> {
                if (row.replayed().isEmpty() && meant.test(row.record())) {
                    rows.add(row);
                }
                return true;
            });
            List<QuarantinedRow> inOrder = rows.inOrder();
            write(inOrder);
            seen += inOrder.size();
            progress.accept(seen);
            next = rows.cut().isPresent() ? places.from(rows.cut().get()) : places.behind(stretch.last());
        }
        settle();
        progress.accept(seen);
        return tally.sum();
    }

    /** Writes one epoch of rows in their order, and takes it to its tables. */
    private void write(List<QuarantinedRow> rows) throws InterruptedException {
        Batches batches = new Batches(writers);
        for (QuarantinedRow row : rows) {
            QuarantinedRow opened;
            try {
                opened = opener.opened(row);
            } catch (UnopenedPayload damaged) {
                // It stays where it is, as one that its table refuses does: the others have nothing to do with it.
                tally.refused(row, Rerouting.staying(row, String.valueOf(damaged.getMessage())));
                continue;
            }
            if (isTwin(opened)) {
                tally.putBack(opened);
            } else {
                batches.add(opened, rerouting.of(opened));
            }
        }
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
