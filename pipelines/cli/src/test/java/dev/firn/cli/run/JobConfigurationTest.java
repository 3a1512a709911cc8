package dev.firn.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobConfigurationTest {

    private static final SystemReferences REFERENCES =
            new SystemReferences(Map.of("SIZE", "4mb", "HIDDEN", "x"), Path.of(""));

    @Test
    void takesSettingsAlongWithTheirValuesAndTheFolderForCheckpoints() throws UsageRefused {
        Map<String, Text> flink = Map.of(
                "state.backend.incremental", new Text("${env:SIZE}"),
                "state.checkpoints.dir", new Text("s3://bucket/state"));

        assertThat(JobConfiguration.of(flink, REFERENCES, "s3://bucket/state/shop/checkpoints")
                        .toMap())
                .containsOnly(
                        Map.entry("state.backend.incremental", "4mb"),
                        Map.entry("state.checkpoints.dir", "s3://bucket/state/shop/checkpoints"));
    }

    @ParameterizedTest
    @CsvSource({"s3.secret-key, ${env:HIDDEN}", "s3.access-key, a${secret:hidden}"})
    void leavesNoSecretToAJob(String key, String value) {
        assertThatThrownBy(() -> JobConfiguration.of(Map.of(key, new Text(value)), REFERENCES, "file:/x"))
                .isInstanceOf(UsageRefused.class)
                .hasMessage(
                        "`pipeline.flink` has `" + key + "`, which looks like a secret: a job takes its Flink settings"
                                + " along, where the cluster shows them to everybody. Write it into the cluster's own configuration"
                                + " instead");
    }
}
