package dev.firn.definition.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.reference.Text;
import dev.firn.definition.testing.FakeComponents;
import dev.firn.definition.testing.FakeIcebergSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {

    private static final String PROJECT =
            """
            project: shop
            catalogs:
              lake: {type: rest, uri: "${env:CATALOG_URI}", warehouse: lake}
            environments:
              dev:
                catalogs: {lake: {type: hadoop, warehouse: ./.lake}}
                pipeline: {parallelism: 1, flink: {a.b: dev}}
              prod:
                pipeline: {parallelism: 16}
            """;

    private static final String PIPELINE =
            """
            pipeline: {name: orders, checkpoint-interval: 7s, parallelism: 2, flink: {a.b: file, c.d: file}}
            source: {type: kafka, topics: [orders]}
            sink: {type: iceberg, catalog: lake}
            """;

    @TempDir
    private Path folder;

    /** The search ends here, whatever is above. */
    @BeforeEach
    void top() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
    }

    @Test
    void laysTheFirstEnvironmentOverTheFile() throws IOException {
        write("firn.yaml", PROJECT);

        PipelineDefinition definition = read(write("pipelines/eu/orders.yaml", PIPELINE));

        assertThat(definition.pipeline().options().parallelism()).isEqualTo(1);
        assertThat(definition.pipeline().options().checkpointInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(definition.pipeline().options().flink())
                .isEqualTo(Map.of("a.b", new Text("dev"), "c.d", new Text("file")));
        assertThat(catalog(definition)).isEqualTo(Map.of("type", new Text("hadoop"), "warehouse", new Text("./.lake")));
        assertThat(definition.layers().environment()).contains("dev");
        assertThat(definition.stateName()).isEqualTo("orders@dev");
    }

    @Test
    void knowsTheCatalogsOfTheEnvironment() throws IOException {
        Path project = write("firn.yaml", PROJECT);

        assertThat(Layers.around(project).catalogs())
                .isEqualTo(Map.of("lake", Map.of("type", new Text("hadoop"), "warehouse", new Text("./.lake"))));
        assertThat(Layers.around(project, "prod").catalogs())
                .isEqualTo(Map.of(
                        "lake",
                        Map.of(
                                "type",
                                new Text("rest"),
                                "uri",
                                new Text("${env:CATALOG_URI}"),
                                "warehouse",
                                new Text("lake"))));
    }

    @Test
    void keepsThePlaceOfEachValue() throws IOException {
        String project = write("firn.yaml", PROJECT).toString();
        Path file = write("orders.yaml", PIPELINE);

        PipelineDefinition definition = read(file);

        assertThat(definition.pipeline().span("parallelism")).isEqualTo(new SourceSpan(project, 7, 29, 1));
        assertThat(definition.pipeline().span("checkpoint-interval"))
                .isEqualTo(new SourceSpan(file.toString(), 1, 47, 2));
        assertThat(definition.pipeline().span("flink", "a.b")).isEqualTo(new SourceSpan(project, 7, 45, 3));
        assertThat(definition.pipeline().span("flink", "c.d").file()).isEqualTo(file.toString());
        assertThat(definition.sink().component().span("catalog").file()).isEqualTo(project);
    }

    @Test
    void laysTheEnvironmentOverThatIsAskedFor() throws IOException {
        write("firn.yaml", PROJECT);
        Path file = write("orders.yaml", PIPELINE);

        PipelineDefinition definition =
                value(PipelineReader.read(file, new FakeComponents(), Layers.around(file, "prod")));

        assertThat(definition.pipeline().options().parallelism()).isEqualTo(16);
        assertThat(catalog(definition))
                .containsEntry("type", new Text("rest"))
                .containsEntry("warehouse", new Text("lake"));
        assertThat(definition.layers().arguments(file)).isEqualTo("--env prod " + file);
        assertThat(Layers.around(file).arguments(file)).isEqualTo(file.toString());
    }

    @Test
    void takesTheNearestProject() throws IOException {
        write("firn.yaml", PROJECT);
        write("pipelines/firn.yaml", PROJECT.replace("project: shop", "project: nearer"));

        assertThat(project(write("pipelines/eu/orders.yaml", PIPELINE))).contains("nearer");
        assertThat(project(write("orders.yaml", PIPELINE))).contains("shop");
    }

    @Test
    void doesNotLookAboveTheTopOfAWorkTree() throws IOException {
        write("firn.yaml", PROJECT);
        Files.createDirectories(folder.resolve("inner/.git"));
        Files.createDirectories(folder.resolve("outer"));
        // A linked work tree has a file of that name.
        Files.writeString(folder.resolve("outer/.git"), "gitdir: elsewhere\n");

        assertThat(project(write("inner/pipelines/orders.yaml", PIPELINE))).isEmpty();
        assertThat(project(write("outer/orders.yaml", PIPELINE))).isEmpty();
        write("inner/firn.yaml", PROJECT.replace("project: shop", "project: inner"));
        assertThat(project(write("inner/pipelines/orders.yaml", PIPELINE))).contains("inner");
    }

    @Test
    void saysOfAComplaintThatItsValueStandsInTheEnvironment() throws IOException {
        String project = write("firn.yaml", PROJECT).toString();
        PipelineDefinition definition = read(write("orders.yaml", PIPELINE));
        Diagnostic there = Diagnostic.warning(
                DefinitionCode.INVALID_VALUE, definition.pipeline().span("parallelism"), "too few");
        Diagnostic here = Diagnostic.warning(
                DefinitionCode.INVALID_VALUE, definition.pipeline().span("checkpoint-interval"), "too short");

        assertThat(definition.layers().placed(List.of(there, here)))
                .extracting(complaint -> complaint.span().file() + " " + complaint.path())
                .containsExactly(project + " environment dev", here.span().file() + " ");
    }

    @Test
    void reportsWhatTheBinderSaysOfTheEnvironmentsCatalogInTheProjectFile() throws IOException {
        String project = write("firn.yaml", PROJECT.replace("./.lake", "\"${evn:LAKE}\""))
                .toString();

        assertThat(complaints(write("orders.yaml", PIPELINE))).containsExactly(project + ":6: environments.dev");
    }

    @Test
    void looksForPulledSchemasWhereTheProjectSays() throws IOException {
        Path file = write("pipelines/orders.yaml", PIPELINE);
        assertThat(Layers.around(file).schemas(file)).isEqualTo(folder.resolve("pipelines/schemas"));
        write("firn.yaml", PROJECT);
        assertThat(Layers.around(file).schemas(file)).isEqualTo(folder.resolve("pipelines/schemas"));
        write("firn.yaml", PROJECT + "schemas: shared/schemas\n");
        assertThat(Layers.around(file).schemas(file)).isEqualTo(folder.resolve("shared/schemas"));
    }

    @Test
    void leavesAFileAloneThatHasNoProject() throws IOException {
        PipelineDefinition definition =
                read(write("orders.yaml", PIPELINE.replace("catalog: lake", "catalog: {type: hadoop, warehouse: x}")));

        assertThat(definition.pipeline().options().parallelism()).isEqualTo(2);
        assertThat(definition.layers().each()).containsExactly(definition.layers());
        assertThat(definition.stateName()).isEqualTo("orders");
    }

    @Test
    void hasOneOfEachEnvironment() throws IOException {
        write("firn.yaml", PROJECT);

        assertThat(Layers.around(write("orders.yaml", PIPELINE)).each())
                .extracting(Layers::environment)
                .containsExactly(Optional.of("dev"), Optional.of("prod"));
    }

    @Test
    void doesNotTakeAProjectForAPipeline() throws IOException {
        Path project = write("firn.yaml", PROJECT);

        assertThat(PipelineReader.read(project, new FakeComponents()).diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("`" + project + "` is the project file, which several pipelines share");
    }

    private static Optional<String> project(Path file) {
        return Layers.around(file).project().map(Project::name);
    }

    private static Map<String, Text> catalog(PipelineDefinition definition) {
        return ((FakeIcebergSink) definition.sink().component().options()).catalog();
    }

    private static List<String> complaints(Path file) {
        return PipelineReader.read(file, new FakeComponents()).diagnostics().stream()
                .map(complaint ->
                        complaint.span().file() + ":" + complaint.span().line() + ": " + complaint.path())
                .toList();
    }

    private static PipelineDefinition read(Path file) {
        return value(PipelineReader.read(file, new FakeComponents()));
    }

    private static PipelineDefinition value(Checked<PipelineDefinition> read) {
        return read.value()
                .orElseThrow(() -> new AssertionError(read.diagnostics().toString()));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
