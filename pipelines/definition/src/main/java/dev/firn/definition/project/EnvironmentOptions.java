package dev.firn.definition.project;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.OwnNames;
import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One entry of {@code environments:}. */
@Component(kind = "project", name = "environment", summary = "What differs between the places that pipelines run in.")
public record EnvironmentOptions(
        @OwnNames
                @Doc("Catalogs by name; one that the project has too is replaced as a whole.")
                @Example("{lake: {type: hadoop, warehouse: ./.lake}}")
                Map<String, Map<String, Text>> catalogs,
        @Doc("The address of the Flink cluster that pipelines are submitted to; those of several JobManagers with"
                        + " commas between.")
                @Example("https://flink.internal:8081")
                Optional<Text> cluster,
        @OwnNames
                @Doc(
                        "Options of the files' section `pipeline:`, laid over it: what is said here wins, `flink` and `suppress`"
                                + " key by key. All but `name`.")
                @Example("{parallelism: 16}")
                Map<String, Node> pipeline) {

    public EnvironmentOptions {
        catalogs = Collections.unmodifiableMap(new LinkedHashMap<>(catalogs));
        pipeline = Collections.unmodifiableMap(new LinkedHashMap<>(pipeline));
    }
}
