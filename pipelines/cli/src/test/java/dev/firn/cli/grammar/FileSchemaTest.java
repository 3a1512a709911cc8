package dev.firn.cli.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.spi.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema takes what the binder takes and refuses what it refuses, as far as a schema can. */
class FileSchemaTest {

    private static final Path REPOSITORY = Path.of("..", "..");

    private static final Connectors CONNECTORS = Connectors.load(FileSchemaTest.class.getClassLoader());

    private static final JsonSchema PIPELINE = schema(FileSchema.pipeline(CONNECTORS));

    private static final JsonSchema PROJECT = schema(FileSchema.project());

    private static final String GOOD =
            """
            pipeline: {name: orders, parallelism: 2}
            source:
              type: kafka
              topics: orders
              properties: {bootstrap.servers: "${env:KAFKA}", fetch.min.bytes: 1}
              format: {type: avro, registry: {url: "${env:REGISTRY}", on-outage: {wait: 10m}}}
            route:
              - {from: orders, to: [sales.orders, sales.copy]}
            tables:
              - table: sales.*
                hold: {for: 6h, bytes: 1GiB}
                expect: {positive: amount > 0}
            sink: {type: iceberg, catalog: {type: rest, uri: "${env:CATALOG}"}}
            """;

    static Stream<Path> files() throws IOException {
        return Stream.concat(
                yaml(REPOSITORY.resolve("examples")),
                yaml(REPOSITORY.resolve("pipelines/definition/src/test/resources/lint")));
    }

    private static Stream<Path> yaml(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("firn.yaml") && !file.endsWith("unreadable-file.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void agreesWithTheBinder(Path file) throws IOException {
        String text = Files.readString(file);
        Checked<?> bound = PipelineReader.read(file, CONNECTORS);
        if (YamlReader.read(file.toString(), text).hasErrors()) {
            // An editor sees no tree either.
            assertThat(bound.hasErrors()).isTrue();
            return;
        }
        Set<ValidationMessage> complaints = complaints(PIPELINE, text);
        // What is wrong with the project around it, an editor says of that file.
        boolean refused = bound.diagnostics().stream()
                .anyMatch(complaint -> complaint.severity() == Severity.ERROR
                        && complaint.span().file().equals(file.toString()));
        assertThat(!complaints.isEmpty())
                .as("%s %s", bound.diagnostics(), complaints)
                .isEqualTo(refused);
    }

    @Test
    void takesAGoodFile() {
        assertThat(refusedByTheBinder(GOOD)).isFalse();
        assertThat(complaints(PIPELINE, GOOD)).isEmpty();
    }

    /** One fault at a time, which both see. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sink: -> sinks:",
                "name: orders, -> ",
                "name: orders -> name: 7up",
                "name: orders -> name: [orders]",
                "name: orders -> name: \"${env:NAME}\"",
                "parallelism: 2 -> parallelism: many",
                "parallelism: 2 -> parallelism: 0",
                "parallelism: 2 -> parallelism: 40000",
                "parallelism: 2 -> paralelism: 2",
                "type: kafka -> type: kafak",
                "type: kafka -> name: events",
                "topics: orders -> topics: []",
                "topics: orders -> start-up: latest",
                "fetch.min.bytes: 1 -> fetch.min.bytes: [1]",
                "type: avro, -> type: raw, schema-file: x, ",
                "registry: {url: \"${env:REGISTRY}\", on-outage: {wait: 10m}} -> schema-file: [x]",
                "type: avro, registry: {url: \"${env:REGISTRY}\", on-outage: {wait: 10m}} -> type: protobuf",
                "wait: 10m -> wait: 10",
                "wait: 10m -> wait: 10min",
                "wait: 10m -> wait: \"${env:WAIT}\"",
                "from: orders, -> ",
                "from: orders -> from: \"${env:STREAM}\"",
                "to: [sales.orders, sales.copy] -> to: []",
                "to: [sales.orders, sales.copy] -> ",
                "bytes: 1GiB -> bytes: 1GB",
                "for: 6h -> time: 6h",
                "positive: amount > 0 -> positive: {that: x, otherwise: maybe}",
                "type: iceberg -> type: hudi",
                "catalog: {type: rest, uri: \"${env:CATALOG}\"} -> catalog: [rest]",
                "source: -> extra: 1\nsource:"
            })
    void refusesWhatTheBinderRefuses(String change) {
        String wrong = changed(change);

        assertThat(refusedByTheBinder(wrong)).as(wrong).isTrue();
        assertThat(complaints(PIPELINE, wrong)).as(wrong).isNotEmpty();
    }

    /** What spans several places, compares quantities with units, or is a language of its own: {@code lint} says it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "for: 6h -> for: 1ms",
                "positive: amount > 0 -> positive: {otherwise: tag}",
                "from: orders -> from: /orders(/",
                "from: orders -> from: nowhere/orders",
                "to: [sales.orders, sales.copy] -> to: [orders, sales.copy]",
                "to: [sales.orders, sales.copy] -> to: [sales.orders, sales.orders]",
                "to: [sales.orders, sales.copy] -> to: sales.$2",
                "\"${env:REGISTRY}\" -> \"${env:}\"",
                "sink: -> quarantine: {payload: encrypted}\nsink:",
            })
    void leavesToLintWhatASchemaCanNotSay(String change) {
        String wrong = changed(change);

        assertThat(refusedByTheBinder(wrong)).as(wrong).isTrue();
        assertThat(complaints(PIPELINE, wrong)).as(wrong).isEmpty();
    }

    /** An option reads the text, whatever YAML takes it for; an editor is stricter there. */
    @ParameterizedTest
    @ValueSource(strings = {"parallelism: 2 -> parallelism: \"2\"", "parallelism: 2 -> parallelism: +2"})
    void marksWhatOnlyTheBinderTakes(String change) {
        String odd = changed(change);

        assertThat(refusedByTheBinder(odd)).as(odd).isFalse();
        assertThat(complaints(PIPELINE, odd)).as(odd).isNotEmpty();
    }

    @Test
    void takesOtherFormsOfTheSame() {
        String many = GOOD.replace("  type: kafka", "- name: events\n  type: kafka");
        String single =
                GOOD.replace("- {from: orders, to: [sales.orders, sales.copy]}", "{from: orders, to: sales.orders}");
        String named = GOOD.replace("catalog: {type: rest, uri: \"${env:CATALOG}\"}", "catalog: lake");

        assertThat(complaints(PIPELINE, many)).isEmpty();
        assertThat(complaints(PIPELINE, many.replace("name: events\n  ", ""))).isNotEmpty();
        assertThat(complaints(PIPELINE, single)).isEmpty();
        assertThat(complaints(PIPELINE, named)).isEmpty();
    }

    @Test
    void knowsTheProjectFile() throws IOException {
        String project = Files.readString(REPOSITORY.resolve("examples/project/firn.yaml"));

        assertThat(complaints(PROJECT, project)).isEmpty();
        assertThat(complaints(PROJECT, project.replaceFirst("(?m)^project: .*", "")))
                .isNotEmpty();
        assertThat(complaints(PROJECT, project.replace("catalogs:", "catalogues:")))
                .isNotEmpty();
    }

    @Test
    void saysWhatIsNotBuiltYetAndWhatIsTheDefault() {
        assertThat(FileSchema.pipeline(CONNECTORS))
                .contains("Not built yet", "\"default\": \"30s\"", "\"enum\": [\"earliest\", \"latest\"]")
                .doesNotContainPattern("\"description\": \"[^\n]*\\*\\*");
    }

    private static String changed(String change) {
        String[] parts = change.split(" -> ?", 2);
        assertThat(GOOD).contains(parts[0]);
        return GOOD.replace(parts[0], parts[1]);
    }

    private static boolean refusedByTheBinder(String text) {
        return PipelineReader.read("f.yaml", text, CONNECTORS).hasErrors();
    }

    private static Set<ValidationMessage> complaints(JsonSchema schema, String yaml) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(new ObjectMapper().valueToTree(tree));
    }

    private static JsonSchema schema(String text) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text);
    }
}
