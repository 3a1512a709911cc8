package dev.firn.cli.peer;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.layout.Layout;
import dev.firn.definition.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what another tool's file is, and has it written in Firn's words. */
public final class Import {

    /** What there is an import for. */
    public static final String KNOWN =
            "a pipeline of Flink CDC from `mysql` or `postgres` to `iceberg` (YAML), or a sink connector of Kafka Connect"
                    + " for Iceberg (JSON)";

    private static final Set<String> SOURCES = Set.of("mysql", "postgres");

    private Import() {}

    /**
     * A file in Firn's words.
     *
     * @param name what the file is called
     * @throws NotImportable where it is none of those
     */
    public static Imported of(String name, Node root) throws NotImportable {
        if (!(root instanceof Node.Mapping mapping)) {
            throw new NotImportable("it is " + root.kind());
        }
        Node.Mapping config = mapping.child(ConnectSink.CLASS).isPresent()
                ? mapping
                : mapping(mapping, "config").orElse(mapping);
        if (config.child(ConnectSink.CLASS).isPresent()) {
            return written(name, connector(mapping, config));
        }
        if (mapping(mapping, "source").isPresent() && mapping(mapping, "sink").isPresent()) {
            return written(name, pipeline(mapping));
        }
        throw new NotImportable("it has neither `connector.class` nor `source` and `sink`");
    }

    private static ImportDraft connector(Node.Mapping root, Node.Mapping config) throws NotImportable {
        String type = text(config, ConnectSink.CLASS);
        if (!ConnectSink.isOne(type)) {
            throw new NotImportable("it is a connector of another class, `" + type + "`");
        }
        Settings settings = Settings.of(config);
        if (root.child(ConnectSink.CLASS).isEmpty()) {
            settings.around(root, "config");
        }
        return ConnectSink.draft(settings);
    }

    private static ImportDraft pipeline(Node.Mapping root) throws NotImportable {
        Node.Mapping source = mapping(root, "source").orElseThrow();
        Node.Mapping sink = mapping(root, "sink").orElseThrow();
        if (sink.child("catalog").isPresent()) {
            throw new NotImportable("it is a pipeline of Firn already");
        }
        if (!SOURCES.contains(text(source, "type")) || !text(sink, "type").equals("iceberg")) {
            throw new NotImportable("it goes from `" + text(source, "type") + "` to `" + text(sink, "type") + "`");
        }
        return FlinkCdc.draft(Settings.of(root));
    }

    private static Imported written(String name, ImportDraft draft) {
        String header = String.join(
                "\n",
                "# Made by `firn import` of " + name.replaceAll("\\p{Cntrl}", "?") + ", " + draft.tool() + ".",
                "# Behind each value stands the setting that it is made of. What will behave differently is in the",
                "# report that comes with this file: read it before the first run.",
                "");
        Checked<String> laidOut = Layout.of(name, header + draft.file().yaml());
        return new Imported(
                draft.tool(),
                laidOut.value()
                        .orElseThrow(() -> new IllegalStateException(
                                "our bug: what was imported is no YAML: " + messages(laidOut))),
                draft.findings());
    }

    private static List<String> messages(Checked<String> laidOut) {
        return laidOut.diagnostics().stream().map(found -> found.message()).toList();
    }

    private static Optional<Node.Mapping> mapping(Node.Mapping node, String key) {
        return node.child(key).stream()
                .flatMap(child -> child instanceof Node.Mapping found ? Stream.of(found) : Stream.empty())
                .findFirst();
    }

    private static String text(Node.Mapping node, String key) {
        return node.child(key)
                .map(child -> child instanceof Node.Scalar scalar ? scalar.text() : "")
                .orElse("")
                .strip();
    }
}
