package dev.firn.definition;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.maintenance.MaintenanceOptions;
import dev.firn.definition.project.Layers;
import dev.firn.definition.tests.TestOptions;
import dev.firn.definition.yaml.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline file, typed; what depends on the outside is still open.
 *
 * @param file as the user named it
 * @param sources in the order of the file, each with a unique name
 * @param routes in the order of the file, the first that matches wins
 * @param tables in the order of the file, every entry that matches applies
 * @param layers what was laid over the file before it was bound
 */
public record PipelineDefinition(
        Path file,
        Node.Mapping root,
        Bound<PipelineOptions> pipeline,
        List<SourceDefinition> sources,
        List<Bound<RouteOptions>> routes,
        List<Bound<TableOptions>> tables,
        SinkDefinition sink,
        Optional<Bound<QuarantineOptions>> quarantine,
        Optional<Bound<MaintenanceOptions>> maintenance,
        List<Bound<TestOptions>> tests,
        Layers layers) {

    public PipelineDefinition {
        sources = List.copyOf(sources);
        routes = List.copyOf(routes);
        tables = List.copyOf(tables);
        tests = List.copyOf(tests);
    }

    public String name() {
        return pipeline.options().name();
    }

    /** Names its state on the machine that it runs on: what ran in one environment is no state of another. */
    public String stateName() {
        return layers.environment()
                .map(environment -> name() + "@" + environment)
                .orElse(name());
    }
}
