package dev.firn.definition;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.yaml.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A file of another tool, which is told in one line rather than by each of its words.
 *
 * @param what as a complaint calls it
 * @param fix what to do, in the imperative
 * @param test whether a tree is one
 */
record ForeignFile(String what, String fix, Predicate<Node> test) {

    private static final String ANEW =
            "write it anew in Firn's words; `firn help foreign-file` has them beside others'";

    /** Stands for the file's name. */
    private static final String FILE = "{}";

    private static final String IMPORT =
            "`firn import " + FILE + "` writes it in Firn's words, and says what will differ";

    private static final List<ForeignFile> KNOWN = List.of(
            new ForeignFile(
                    "a manifest of Kubernetes",
                    "name the file of the pipeline itself, not the manifest that carries it",
                    root -> has(root, "apiVersion", "kind")),
            new ForeignFile(
                    "a connector of Kafka Connect",
                    IMPORT,
                    root -> connector(root).contains("Iceberg")
                            || connector(child(root, "config")).contains("Iceberg")),
            new ForeignFile(
                    "a connector of Kafka Connect",
                    ANEW,
                    root -> has(root, "connector.class") || has(child(root, "config"), "connector.class")),
            new ForeignFile(
                    "a pipeline of Flink CDC",
                    IMPORT,
                    root -> flinkCdcSigns(root) > 1
                            && text(child(child(root, "sink"), "type")).equals("iceberg")),
            new ForeignFile("a pipeline of Flink CDC", ANEW, root -> flinkCdcSigns(root) > 1),
            new ForeignFile(
                    "one of Docker Compose",
                    "name the file of the pipeline itself",
                    root -> has(root, "services") && !has(root, "source")),
            new ForeignFile("a configuration of Vector", ANEW, ForeignFile::isOfVector),
            new ForeignFile("a configuration of Redpanda Connect", ANEW, root -> has(root, "input", "output")),
            new ForeignFile(
                    "a project file, which several pipelines share",
                    "call it `firn.yaml`, and name the file of a pipeline",
                    root -> has(root, "project") && !has(root, "source")),
            new ForeignFile(
                    "an SQL script", ANEW, root -> text(root).matches("(?is)(create|insert|select|set|use)\\s.*")),
            new ForeignFile("a Java properties file", ANEW, root -> text(root).matches("(?s)[\\w.-]+ ?=.*")),
            new ForeignFile(
                    "a configuration of SeaTunnel", ANEW, root -> text(root).matches("(?s)env \\{.*")));

    /** The complaint about a file that is one of these. */
    static Optional<Diagnostic> complaint(Node root) {
        return KNOWN.stream()
                .filter(foreign -> foreign.test.test(root))
                .findFirst()
                .map(foreign -> Diagnostic.error(
                                DefinitionCode.FOREIGN_FILE, root.span(), "the file is " + foreign.what)
                        .expecting("a pipeline of Firn: a mapping with `pipeline`, `source` and `sink`")
                        .fixedBy(foreign.fix.replace(FILE, root.span().file())));
    }

    private static String connector(Node node) {
        return has(node, "connector.class") ? text(child(node, "connector.class")) : "";
    }

    private static boolean has(Node node, String... keys) {
        return node instanceof Node.Mapping mapping
                && Arrays.stream(keys).allMatch(key -> mapping.child(key).isPresent());
    }

    private static Node child(Node node, String key) {
        return node instanceof Node.Mapping mapping ? mapping.child(key).orElse(node) : node;
    }

    private static String text(Node node) {
        return node instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    /** One alone may be somebody's mistake in a file of ours. */
    private static long flinkCdcSigns(Node root) {
        return Stream.of(
                        has(root, "transform"),
                        has(child(root, "pipeline"), "schema.change.behavior"),
                        has(child(root, "source"), "server-id"),
                        hasKey(child(root, "sink"), "catalog.properties."),
                        child(root, "route") instanceof Node.Sequence routes
                                && routes.items().stream().anyMatch(route -> has(route, "source-table", "sink-table")))
                .filter(sign -> sign)
                .count();
    }

    private static boolean hasKey(Node node, String prefix) {
        return node instanceof Node.Mapping mapping
                && mapping.entries().stream()
                        .anyMatch(entry -> entry.key().text().startsWith(prefix));
    }

    private static boolean isOfVector(Node root) {
        return has(root, "sources", "sinks")
                && child(root, "sinks") instanceof Node.Mapping sinks
                && sinks.entries().stream().anyMatch(sink -> has(sink.value(), "inputs"));
    }
}
