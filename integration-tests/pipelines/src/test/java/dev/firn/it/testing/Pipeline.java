package dev.firn.it.testing;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.PipelineReader;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.Planner;
import dev.firn.spi.Connectors;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline file of a test with its own folder and lake.
 *
 * @param file where it stands
 * @param lakeFolder its warehouse, used by the hadoop catalog
 */
public record Pipeline(String name, Path file, Path lakeFolder) {

    /** Writes a file that reads the topics into tables of the pipeline's own namespace. */
    public static Pipeline of(String name, List<String> topics, String more) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Stack.folder()), name);
        Path lake = folder.resolve("lake");
        return of(name, folder, lake, topics, "{type: hadoop, warehouse: \"" + lake.toUri() + "\"}", more);
    }

    /** The same with a catalog of the test's choice. */
    public static Pipeline withCatalog(String name, List<String> topics, String catalog) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Stack.folder()), name);
        return of(name, folder, folder.resolve("lake"), topics, catalog.replace("FOLDER", folder.toString()), "");
    }

    private static Pipeline of(String name, Path folder, Path lake, List<String> topics, String catalog, String more)
            throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(
                file,
                """
                pipeline: {name: %s, checkpoint-interval: 500ms, parallelism: 2}
                source:
                  type: kafka
                  topics: [%s]
                  properties: {bootstrap.servers: "${env:KAFKA}"}
                  format: {type: avro, registry: {url: "${env:REGISTRY}"}}
                sink:
                  type: iceberg
                  catalog: %s
                %s"""
                        .formatted(name, String.join(", ", topics), catalog, more));
        return new Pipeline(name, file, lake);
    }

    /** The same with one more line in its source. */
    public Pipeline withSource(String line) throws IOException {
        Files.writeString(file, Files.readString(file).replace("  format:", "  " + line + "\n  format:"));
        return this;
    }

    /** The variables that the file refers to. */
    public Map<String, String> environment() {
        return Map.of(
                "KAFKA", Stack.running().bootstrapServers(),
                "REGISTRY", Stack.running().registryUrl());
    }

    public Firn.Answer run(String... arguments) {
        return Firn.run(environment(), runOf(arguments));
    }

    /** In a process of its own, which knows of those before it what they have left on disk. */
    public Firn.Answer runAlone(String... arguments) {
        return Firn.runAlone(environment(), runOf(arguments));
    }

    private String[] runOf(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        all.add(file.toString());
        return all.toArray(String[]::new);
    }

    /** The table of a stream. */
    public TableName table(String stream) {
        return new TableName(name + "." + stream);
    }

    public TableName quarantine() {
        return table("firn_quarantine");
    }

    public Lake lake() {
        Connectors connectors = Connectors.load(Pipeline.class.getClassLoader());
        PipelineDefinition definition =
                PipelineReader.read(file, connectors).value().orElseThrow();
        var sink = definition.sink();
        return connectors
                .sink(sink.type())
                .lake(sink.component().options(), Planner.lakeNames(definition))
                .open(new SystemReferences(environment(), Path.of("")));
    }

    public LedgerState ledger() {
        try (Lake lake = lake()) {
            return lake.ledger().read();
        }
    }

    /** Rows of a table as it is committed now. */
    public List<List<@Nullable Object>> rows(TableName table, String... columns) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Lake lake = lake()) {
            lake.read(table, List.of(columns), rows::add);
        }
        return rows;
    }
}
