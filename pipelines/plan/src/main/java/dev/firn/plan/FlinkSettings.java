package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import java.util.Map;
import java.util.Optional;

/** The Flink settings that Firn sets in code, because what it promises rests on them. */
final class FlinkSettings {

    private static final String UNALIGNED = "an unaligned barrier overtakes records, so no epoch would add up";
    private static final String PACED = "`checkpoint-interval` paces checkpoints, one at a time";
    private static final String CHAINED =
            "the schemas of a source are known where it is read, and the operators behind it must run in the same task";
    private static final String RESTARTS = "restart-strategy";

    private static final Map<String, String> RESERVED = Map.ofEntries(
            Map.entry("execution.checkpointing.unaligned", UNALIGNED),
            Map.entry("execution.checkpointing.unaligned.enabled", UNALIGNED),
            Map.entry("execution.checkpointing.unaligned.forced", UNALIGNED),
            Map.entry("execution.checkpointing.mode", "only exactly-once checkpoints make epochs"),
            Map.entry("execution.checkpointing.interval", PACED),
            Map.entry("execution.checkpointing.min-pause", PACED),
            Map.entry("execution.checkpointing.max-concurrent-checkpoints", PACED),
            Map.entry(
                    "execution.checkpointing.tolerable-failed-checkpoints",
                    "the records of a failed checkpoint go with the next, up to a limit"),
            Map.entry(
                    "execution.checkpointing.externalized-checkpoint-retention",
                    "checkpoints are kept, so that `firn run` can resume"),
            Map.entry("execution.runtime-mode", "a pipeline is a stream"),
            Map.entry("parallelism.default", "`parallelism` says it"),
            Map.entry("pipeline.max-parallelism", "it is frozen with the first checkpoint and stands in the plan"),
            Map.entry("pipeline.operator-chaining", CHAINED),
            Map.entry("pipeline.operator-chaining.enabled", CHAINED),
            Map.entry("pipeline.name", "`name` says it"),
            Map.entry("pipeline.auto-generate-uids", "every operator has a uid of its own"),
            Map.entry("pipeline.generic-types", "nothing may fall back to Kryo"));

    private FlinkSettings() {}

    static void check(PipelineDefinition definition, Diagnostics diagnostics) {
        definition.pipeline().options().flink().keySet().forEach(setting -> reason(setting)
                .ifPresent(reason -> diagnostics
                        .at("pipeline")
                        .report(Diagnostic.error(
                                        PlanCode.RESERVED_FLINK_SETTING,
                                        definition.pipeline().span("flink", setting),
                                        "`" + setting + "` is Firn's to set: " + reason)
                                .fixedBy("remove it"))));
    }

    private static Optional<String> reason(String setting) {
        return setting.equals(RESTARTS) || setting.startsWith(RESTARTS + ".")
                ? Optional.of("restarts are bounded, so that a failure that comes again ends the job")
                : Optional.ofNullable(RESERVED.get(setting));
    }
}
