package dev.firn.cli;

import dev.firn.cli.quarantine.Waiting;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.flink.replay.PipelineTables;
import dev.firn.flink.replay.Replay;
import dev.firn.flink.replay.Replayed;
import dev.firn.flink.write.PlannedKeys;
import dev.firn.flink.write.PlannedUnique;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PipelinePlan;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.PayloadOpener;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts the records of a pipeline's quarantine back while somebody looks on. */
record ReplayRun(
        Screen screen,
        PipelineFile file,
        PipelinePlan plan,
        LivePlanContext context,
        ReferenceResolver references,
        Replay.EpochSize size) {

    ReplayRun(
            Screen screen,
            PipelineFile file,
            PipelinePlan plan,
            LivePlanContext context,
            ReferenceResolver references) {
        this(screen, file, plan, context, references, Replay.EpochSize.DEFAULT);
    }

    /** Empty where nothing waits. */
    Optional<Replayed> run(Lake pipeline, QuarantineSelection selection, EvolutionPolicies policies) throws Exception {
        return run(pipeline, tables(pipeline), new Meant(selection, record -> true), policies);
    }

    /**
     * What is to be put back.
     *
     * @param which of the selection
     */
    record Meant(QuarantineSelection selection, Predicate<RawRecord> which) {}

    PipelineTables tables(Lake pipeline) {
        return new PipelineTables(pipeline, context::isDetached, PlannedKeys.in(plan), PlannedUnique.in(plan));
    }

    /**
     * Counts what is there.
     *
     * @throws OutsideException if some of what waits is encrypted, and not with the key of the file
     */
    Waiting requireReadable(Lake pipeline, QuarantineSelection selection) {
        Waiting waiting = new Waiting(plan.sink().names().quarantine());
        pipeline.quarantined(selection.with(Payload.LEFT), waiting::add);
        PayloadOpener opener = new PayloadOpener(plan.sink().payload(), references);
        List<String> reasons = new ArrayList<>();
        long[] shut = {0};
        waiting.encryptedWith().forEach((fingerprint, records) -> {
            try {
                opener.requireKey(fingerprint);
            } catch (OutsideException reason) {
                reasons.add(String.valueOf(reason.getMessage()));
                shut[0] += records;
            }
        });
        if (!reasons.isEmpty()) {
            throw new OutsideException(String.format(
                    Locale.ROOT,
                    "nothing is put back: of %,d records that wait %,d can't be opened: %s",
                    waiting.waiting(),
                    shut[0],
                    String.join("; ", reasons)));
        }
        // A record that is refused anew is encrypted, too.
        plan.sink().payload().kept(references);
        return waiting;
    }

    /** The same with what the caller says of tables. */
    Optional<Replayed> run(Lake pipeline, PipelineTables tables, Meant meant, EvolutionPolicies policies)
            throws Exception {
        Waiting waiting = requireReadable(pipeline, meant.selection());
        // One that was interrupted may have settled records that are not yet in their tables.
        if (waiting.isEmpty()
                && pipeline.table(plan.sink().names().replay().ledger()).isEmpty()) {
            return Optional.empty();
        }
        try (Replay replay = Replay.open(
                plan, pipeline.replay(), tables, policies, size, references, ReplayRun.class.getClassLoader())) {
            Replayed replayed = replay.run(
                    meant.selection().with(Payload.READ),
                    meant.which(),
                    seen -> screen.live(String.format("%,d of %,d records looked at", seen, waiting.waiting())));
            return Optional.of(replayed).filter(some -> !some.counts().isEmpty());
        }
    }
}
