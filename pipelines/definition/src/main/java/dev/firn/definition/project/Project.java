package dev.firn.definition.project;

import dev.firn.definition.bind.Bound;
import dev.firn.definition.yaml.Node;
import java.util.List;
import java.util.Optional;

/**
 * A project file that was found.
 *
 * @param file as diagnostics name it
 * @param root empty where it can't be read as YAML
 * @param options empty where something is wrong with them
 */
public record Project(String file, Optional<Node.Mapping> root, Optional<ProjectOptions> options) {

    /** What it is called, wherever it is. */
    public static final String FILE = "firn.yaml";

    /** The options with their places. */
    public Optional<Bound<ProjectOptions>> bound() {
        return options.flatMap(said -> root.map(node -> new Bound<>(said, node)));
    }

    public String name() {
        return options.map(ProjectOptions::project).orElse("");
    }

    /** In the order of the file; the first is the default. */
    public List<String> environments() {
        return options.map(said -> List.copyOf(said.environments().keySet())).orElse(List.of());
    }

    Optional<Node.Mapping> catalogs() {
        return root.flatMap(all -> mapping(all, "catalogs"));
    }

    Optional<Node.Mapping> environment(String name) {
        return root.flatMap(all -> mapping(all, "environments")).flatMap(all -> mapping(all, name));
    }

    static Optional<Node.Mapping> mapping(Node.Mapping parent, String key) {
        return parent.child(key)
                .flatMap(node -> node instanceof Node.Mapping mapping ? Optional.of(mapping) : Optional.empty());
    }
}
