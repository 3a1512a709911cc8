package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import java.util.Map;
import java.util.TreeMap;

/** The Flink settings that Firn sets in code, because what it promises rests on them. */
final class FlinkSettings {

    private static final Map<String, String> RESERVED = new TreeMap<>(Map.of(
            "execution.checkpointing.unaligned", "an unaligned barrier overtakes records, so no epoch would add up",
            "execution.checkpointing.unaligned.enabled", "an unaligned barrier overtakes records, so no epoch would add up",
            "execution.checkpointing.mode", "only exactly-once checkpoints make epochs",
            "execution.checkpointing.interval", "`checkpoint-interval` says it",
            "execution.checkpointing.externalized-checkpoint-retention", "checkpoints are kept, so that `firn run` can resume",
            "parallelism.default", "`parallelism` says it",
            "pipeline.max-parallelism", "it is frozen with the first checkpoint and stands in the plan",
            "pipeline.auto-generate-uids", "every operator has a uid of its own",
            "pipeline.generic-types", "nothing may fall back to Kryo"));

    private FlinkSettings() {}

    static void check(PipelineDefinition definition, Diagnostics diagnostics) {
        definition.pipeline().options().flink().keySet().stream().sorted().forEach(setting -> {
            String reason = RESERVED.get(setting);
            if (reason != null) {
                diagnostics
                        .at("pipeline")
                        .report(Diagnostic.error(
                                        PlanCode.RESERVED_FLINK_SETTING,
                                        definition.pipeline().span("flink", setting),
                                        "`" + setting + "` is Firn's to set: " + reason)
                                .fixedBy("remove it"));
            }
        });
    }
}
