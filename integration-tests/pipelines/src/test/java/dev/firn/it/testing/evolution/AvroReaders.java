package dev.firn.it.testing.evolution;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.it.testing.Stack;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.Formats;
import dev.firn.schema.registry.ShelfName;
import dev.firn.spi.format.FormatReader;
import java.util.Map;

/** Opens the format of a source as a job does, with the registry of this process. */
final class AvroReaders {

    private AvroReaders() {}

    /** @param newest the schema of the stream that the plan has found */
    static FormatReader open(String stream, String newest) {
        String text = "{type: avro, registry: {url: \"" + Stack.running().registryUrl() + "\"}}";
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("shop.yaml", text).value().orElseThrow();
        FormatOptions format = Binder.bind(node, FormatOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
        return Formats.of(format, new ShelfName("histories", 1, stream), Map.of(stream, newest))
                .open(raw -> raw);
    }
}
