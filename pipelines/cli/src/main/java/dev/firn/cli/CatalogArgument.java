package dev.firn.cli;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SinkDefinition;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.project.Layers;
import dev.firn.definition.project.Project;
import dev.firn.definition.reference.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A catalog that is meant: by its name in the project file, or as that of a pipeline file's sink. What is wrong is said. */
record CatalogArgument(Screen screen, EnvironmentArgument environment) {

    /** Its properties; empty where there is no such thing. */
    Optional<Map<String, Text>> properties(String word) {
        return word.endsWith(".yaml") || word.endsWith(".yml") || Files.isRegularFile(Path.of(word))
                ? ofFile(Path.of(word))
                : ofProject(word);
    }

    /** Whether commits of two processes can overwrite each other: renaming a file on a local disk replaces the one that is there. */
    static boolean losesCommits(Map<String, Text> catalog) {
        return Optional.ofNullable(catalog.get("type"))
                        .filter(type -> type.raw().equals("hadoop"))
                        .isPresent()
                && Optional.ofNullable(catalog.get("warehouse"))
                        .filter(place ->
                                !place.raw().contains(":") || place.raw().startsWith("file:"))
                        .isPresent();
    }

    /** Whose server takes an expiry of snapshots without looking whether somebody has tagged one of them, or rolled back to it, meanwhile. */
    static boolean expiresUnseen(Map<String, Text> catalog) {
        return Stream.of("type", "catalog-impl")
                .flatMap(name -> Optional.ofNullable(catalog.get(name)).stream())
                .anyMatch(kind -> kind.raw().equals("rest") || kind.raw().endsWith(".RESTCatalog"));
    }

    private Optional<Map<String, Text>> ofFile(Path path) {
        PipelineFile file = environment.pipeline(path);
        Optional<PipelineDefinition> definition = file.read();
        if (definition.isEmpty()) {
            screen.diagnostics(file.printed());
            return Optional.empty();
        }
        SinkDefinition sink = definition.get().sink();
        return Optional.of(file.connectors()
                .sink(sink.type())
                .catalogProperties(sink.component().options()));
    }

    private Optional<Map<String, Text>> ofProject(String name) {
        Layers layers = environment.around(Path.of(Project.FILE));
        if (ExitCode.of(layers.complaints()) != ExitCode.DONE) {
            screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(layers.complaints()));
            return Optional.empty();
        }
        if (layers.project().isEmpty()) {
            screen.progress("firn: there is no catalog `" + name + "`, for there is no `" + Project.FILE
                    + "` here or above; a pipeline file's name ends with `.yaml`");
            return Optional.empty();
        }
        Map<String, Map<String, Text>> catalogs = layers.catalogs();
        Map<String, Text> found = catalogs.get(name);
        if (found == null) {
            screen.progress("firn: `" + Project.FILE + "` has no catalog `" + name + "`"
                    + (catalogs.isEmpty() ? "" : ", but " + Suggestion.oneOf(catalogs.keySet())));
        }
        return Optional.ofNullable(found);
    }
}
