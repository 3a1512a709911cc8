package dev.firn.definition;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.AtLeast;
import dev.firn.definition.bind.AtMost;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Matching;
import dev.firn.definition.bind.OwnNames;
import dev.firn.definition.bind.Required;
import dev.firn.definition.reference.Text;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code pipeline:} section. */
@Component(kind = "pipeline", name = "pipeline", summary = "The job as a whole: its name, its size, its checkpoints.")
public record PipelineOptions(
        @Required
                @Matching(value = NAME, says = NAME_IN_WORDS)
                @AlsoKnownAs({"pipeline-name", "job-name", "id"})
                @Doc("Part of every operator uid and of every snapshot summary; letters, digits, `-` and `_`.")
                @Example("shop")
                String name,
        @Default("1")
                @AtLeast("1")
                @AtMost("128")
                @Doc(
                        "How many subtasks read and write side by side; at most 128, the max parallelism that a job keeps for its life.")
                @Example("2")
                int parallelism,
        @Default("30s")
                @AtLeast("100ms")
                @AlsoKnownAs({"checkpointing-interval", "checkpoint", "flush-interval"})
                @Doc("The time between two checkpoints, which is the time until rows are visible.")
                @Example("10s")
                Duration checkpointInterval,
        @AlsoKnownAs({"flink-conf", "flink-configuration", "flink-config"})
                @Doc("Any Flink setting, spelled as Flink spells it.")
                @Example("{taskmanager.memory.managed.size: 256m}")
                Map<String, Text> flink,
        @OwnNames
                @Doc(
                        "Warnings, notes and dangers that are meant: their codes, each with the reason. Errors can't be suppressed.")
                @Example("{unmatched-table-entry: \"the topic comes with the next release\"}")
                Map<String, String> suppress) {

    /** What a pipeline, a source, a catalog or an environment may be called: some are part of uids and of file names. */
    public static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,62}";

    public static final String NAME_IN_WORDS = "a letter, then at most 62 letters, digits, `-` or `_`";

    public PipelineOptions {
        flink = Collections.unmodifiableMap(new LinkedHashMap<>(flink));
        suppress = Collections.unmodifiableMap(new LinkedHashMap<>(suppress));
    }
}
