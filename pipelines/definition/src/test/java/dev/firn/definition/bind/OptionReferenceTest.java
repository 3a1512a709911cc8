package dev.firn.definition.bind;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineOptions;
import dev.firn.definition.testing.FakeKafkaSource;
import org.junit.jupiter.api.Test;

class OptionReferenceTest {

    @Test
    void printsAListOfThePipelineSection() {
        assertThat(OptionReference.markdown(PipelineOptions.class))
                .startsWith(
                        """
                        - **`name`** · text · required \s
                          Part of every operator uid and of every snapshot summary; letters, digits, `-` and `_`. For example `name: shop`.
                        - **`parallelism`** · whole number · `1` unless said \s
                          How many subtasks read and write side by side; at most 128, the max parallelism that a job keeps for its life. For example `parallelism: 2`.
                        """);
    }

    @Test
    void indentsWhatIsInsideAnOption() {
        assertThat(OptionReference.markdown(FakeKafkaSource.class))
                .contains("\n- **`format`** · mapping", "\n  - **`registry`** · mapping", "\n    - **`url`** · text");
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
                .contains("Whether names are. Goes with `type` `avro`. For example `strict-names: true`.\n")
                .contains(
                        "Between values. Goes with `type` `json`, `csv`; required with `csv`. For example `separator: ;`.\n");
    }

    @Test
    void saysThatASecretIsNeverPrinted() {
        assertThat(OptionReference.markdown(FakeKafkaSource.class))
                .contains("- **`pin-token`** · whole number  \n  What opens the door. Never printed.\n");
    }
}
