package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Golden;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.VersionedTopic.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that answer at once, on the class path that the launcher gives them: nothing that they need is missing there. */
class StartsAtOnceIT {

    private static final Path TARGET =
            Golden.file("pipelines/cli/target").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"help", "version", "grammar", "completion bash"})
    void withoutAFile(String verb) throws Exception {
        assertStarts(verb.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint", "fmt"})
    void withAFile(String verb) throws Exception {
        assertStarts(verb, Golden.file("examples/orders/pipeline.yaml").toString());
    }

    @Test
    void pullsAndShowsAvro() throws Exception {
        String topic = Stack.unique("at-once");
        Version.register(topic + "-value", "a");
        String file = file(topic, "avro");
        assertStarts("schema", "pull", file);
        assertStarts("schema", "show", file);
        assertStarts("lint", file);
    }

    /** What was pulled is read with libraries that Avro does not need. */
    @Test
    void lintReadsPulledProtobuf() throws Exception {
        String file = file("events", "protobuf");
        Path schemas = Files.createDirectory(folder.resolve("schemas"));
        Files.writeString(
                schemas.resolve("events-value.proto"),
                """
                syntax = "proto3";
                import "google/protobuf/timestamp.proto";
                message Event { int64 id = 1; google.protobuf.Timestamp at = 2; }
                """);
        Files.writeString(
                schemas.resolve("pulled.json"),
                """
                {"version": 1, "schemas": [
                  {"file": "events-value.proto", "type": "PROTOBUF", "registry": "%s",
                   "subject": "events-value", "version": 1, "id": 7,
                   "read-by": [{"pipeline": "at-once", "source": "kafka", "stream": "events", "part": "value"}]}]}
                """
                        .formatted(Stack.running().registryUrl()));

        assertStarts("lint", file);
    }

    private String file(String topic, String format) throws IOException {
        return Files.writeString(
                        folder.resolve("pipeline.yaml"),
                        """
                        pipeline: {name: at-once}
                        source:
                          type: kafka
                          topics: [%s]
                          properties: {bootstrap.servers: "localhost:1"}
                          format: {type: %s, registry: {url: "%s"}}
                        sink:
                          type: iceberg
                          catalog: {type: hadoop, warehouse: "file:/lake"}
                        """
                                .formatted(topic, format, Stack.running().registryUrl()))
                .toString();
    }

    private static void assertStarts(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load",
                "-cp",
                TARGET.resolve("classes") + ":" + TARGET.resolve("firn/light") + "/*",
                "dev.firn.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("KAFKA", "localhost:1", "REGISTRY", "http://localhost:1", "LAKE", "file:/lake"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("dev.firn.cli.Main ")
                .doesNotContain(
                        " org.apache.flink.", " org.apache.kafka.", " org.apache.iceberg.", " org.apache.hadoop.");
    }
}
