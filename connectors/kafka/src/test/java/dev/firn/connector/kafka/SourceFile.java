package dev.firn.connector.kafka;

import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import java.util.List;

/** A source bound from text, as it stands in a pipeline file. */
final class SourceFile {

    private static final String REST =
            """
            format: {type: avro, registry: {url: "http://localhost:8081"}}
            """;

    private SourceFile() {}

    /** A source of that name and those options; a format is added where they have none. */
    static SourceDefinition source(String options) {
        String whole = options.contains("format:") ? options : options + REST;
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("shop.yaml", whole).value().orElseThrow();
        Bound<KafkaOptions> bound =
                Binder.bind(node, KafkaOptions.class).value().orElseThrow();
        return new SourceDefinition("events", "kafka", bound);
    }

    /** Each complaint on a line: place, severity, code, message, expectation, mend. */
    static List<String> lines(Diagnostics diagnostics) {
        return diagnostics.inOrder().stream()
                .map(found -> found.span() + " " + found.severity().word() + "["
                        + found.code().code() + "] " + found.message()
                        + found.expected().map(what -> "; expected: " + what).orElse("")
                        + found.fix().map(what -> "; fix: " + what).orElse(""))
                .toList();
    }
}
