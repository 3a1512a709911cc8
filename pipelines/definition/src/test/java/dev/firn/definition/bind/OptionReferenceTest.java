package dev.firn.definition.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineOptions;
import dev.firn.definition.testing.FakeKafkaSource;
import org.junit.jupiter.api.Test;

class OptionReferenceTest {

    @Test
    void printsATableOfThePipelineSection() {
        assertThat(OptionReference.markdown(PipelineOptions.class))
                .isEqualTo(
                        """
                | option | type | default | example | |
                |---|---|---|---|---|
                | `name` | text | required | `shop` | Part of every operator uid and of every snapshot summary; letters, digits, `-` and `_`. |
                | `parallelism` | whole number | `1` | `2` | How many subtasks read and write side by side. |
                | `checkpoint-interval` | time | `30s` | `10s` | The time between two checkpoints, which is the time until rows are visible. |
                | `flink` | mapping of names to text, may hold references |  | `{taskmanager.memory.managed.size: 256m}` | Any Flink setting, spelled as Flink spells it. |
                | `suppress` | mapping of names to text |  | `{unmatched-table-entry: "the topic comes with the next release"}` | Warnings, notes and dangers that are meant: their codes, each with the reason. Errors can't be suppressed. |
                """);
    }

    @Test
    void walksIntoMappings() {
        assertThat(OptionReference.rows(FakeKafkaSource.class))
                .extracting(OptionReference.Row::name)
                .containsExactly(
                        "topics",
                        "startup",
                        "skip-tombstones",
                        "idle-after",
                        "buffer",
                        "batch",
                        "group",
                        "pin-token",
                        "properties",
                        "format",
                        "format.type",
                        "format.registry",
                        "format.registry.url",
                        "format.registry.user",
                        "format.registry.password",
                        "format.strict-names",
                        "format.separator");
    }

    @Test
    void namesTypesInWords() {
        assertThat(OptionReference.rows(FakeKafkaSource.class))
                .extracting(OptionReference.Row::type)
                .containsExactly(
                        "list of selector",
                        "one of `earliest`, `latest`",
                        "`true` or `false`",
                        "time",
                        "size",
                        "whole number",
                        "text, may hold references",
                        "whole number",
                        "mapping of names to text, may hold references",
                        "mapping",
                        "one of `avro`, `csv`, `json`",
                        "mapping",
                        "text, may hold references",
                        "text, may hold references",
                        "text, may hold references",
                        "`true` or `false`",
                        "text");
    }

    @Test
    void saysWhatAnOptionGoesWith() {
        assertThat(OptionReference.markdown(FakeKafkaSource.class))
                .contains(
                        "| `format.strict-names` | `true` or `false` | `false` | `true` | Whether names are. Goes with"
                                + " `type` `avro`. |")
                .contains(
                        "| `format.separator` | text |  | `;` | Between values. Goes with `type` `json`, `csv`; required"
                                + " with `csv`. |");
    }

    @Test
    void saysThatASecretIsNeverPrinted() {
        assertThat(OptionReference.markdown(FakeKafkaSource.class))
                .contains("| `pin-token` | whole number |  |  | What opens the door. Never printed. |");
    }
}
