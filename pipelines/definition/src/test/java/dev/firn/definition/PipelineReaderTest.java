package dev.firn.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.reference.Text;
import dev.firn.definition.testing.FakeComponents;
import dev.firn.definition.testing.FakeIcebergSink;
import dev.firn.definition.testing.FakeKafkaSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineReaderTest {

    private static final String SMALLEST =
            """
            pipeline: {name: orders}
            source:
              type: kafka
              topics: [orders]
              properties: {bootstrap.servers: "${env:KAFKA}"}
              format: {type: avro, registry: {url: "${env:REGISTRY}"}}
            route:
              - {from: orders, to: sales.orders}
            sink: {type: iceberg, catalog: {type: rest, uri: "${env:CATALOG}"}}
            """;

    @Test
    void readsTheSmallestFile() {
        PipelineDefinition definition = definition(SMALLEST);

        assertThat(definition.name()).isEqualTo("orders");
        assertThat(definition.file()).isEqualTo(Path.of("f.yaml"));
        assertThat(definition.pipeline().options().checkpointInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(definition.sources()).singleElement().satisfies(source -> {
            assertThat(source.name()).isEqualTo("kafka");
            assertThat(source.type()).isEqualTo("kafka");
            assertThat(source.component().options()).isInstanceOf(FakeKafkaSource.class);
            assertThat(source.component().span("type").line()).isEqualTo(3);
        });
        assertThat(definition.routes())
                .extracting(Bound::options)
                .containsExactly(new RouteOptions("orders", List.of("sales.orders"), Optional.empty(), 100));
        assertThat(definition.tables()).isEmpty();
        assertThat(definition.quarantine()).isEmpty();
        assertThat(definition.sink().type()).isEqualTo("iceberg");
        assertThat(definition.sink().component().options())
                .isInstanceOfSatisfying(FakeIcebergSink.class, sink -> assertThat(sink.catalog())
                        .containsEntry("uri", new Text("${env:CATALOG}")));
    }

    @Test
    void takesThePipelinesNameForTheNamespaceUnlessTheSinkSaysOne() {
        assertThat(definition(SMALLEST).sink().namespace()).isEqualTo("orders");
        assertThat(definition(SMALLEST.replace("{type: iceberg,", "{type: iceberg, namespace: a.b,"))
                        .sink()
                        .namespace())
                .isEqualTo("a.b");
    }

    @Test
    void readsSeveralSourcesInTheirOrder() {
        PipelineDefinition definition = definition(
                """
                pipeline: {name: orders}
                source:
                  - {name: b, type: kafka, topics: x}
                  - {name: a, type: kafka, topics: y}
                route: {from: b/x, to: s.x}
                sink: {type: iceberg, catalog: {type: hadoop}}
                """);

        assertThat(definition.sources()).extracting(SourceDefinition::name).containsExactly("b", "a");
        assertThat(definition.routes()).hasSize(1);
    }

    @Test
    void givesNoValueWithAnErrorAndEveryErrorOfEverySection() {
        Checked<PipelineDefinition> read = PipelineReader.read(
                "f.yaml",
                """
                pipeline: {nam: orders}
                source: {type: kafka}
                route: [{from: /(/, to: orders}]
                tables: [{table: orders}]
                sink: {type: icebreg}
                quarantine: {tabel: x}
                pipeline: {}
                """,
                new FakeComponents());

        assertThat(read.value()).isEmpty();
        assertThat(read.diagnostics())
                .extracting(diagnostic ->
                        diagnostic.span().line() + " " + diagnostic.code().code())
                .containsExactly(
                        "1 unknown-option",
                        "2 missing-option",
                        "3 invalid-selector",
                        "3 invalid-table-name",
                        "4 invalid-table-name",
                        "5 unknown-type",
                        "6 unknown-option",
                        "7 duplicate-key");
    }

    @Test
    void saysWhyAFileCanNotBeRead(@TempDir Path folder) {
        assertThat(messages(folder.resolve("none.yaml"))).isEqualTo("there is no file `" + folder + "/none.yaml`");
        assertThat(messages(folder)).isEqualTo("the file `" + folder + "` is a folder");
    }

    private static String messages(Path file) {
        Checked<PipelineDefinition> read = PipelineReader.read(file, new FakeComponents());
        assertThat(read.diagnostics()).hasSize(1);
        return read.diagnostics().stream().map(Diagnostic::message).findFirst().orElseThrow();
    }

    private static PipelineDefinition definition(String text) {
        Checked<PipelineDefinition> read = PipelineReader.read("f.yaml", text, new FakeComponents());
        assertThat(read.diagnostics()).isEmpty();
        return read.value().orElseThrow();
    }
}
