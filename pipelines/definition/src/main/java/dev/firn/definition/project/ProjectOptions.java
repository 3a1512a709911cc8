package dev.firn.definition.project;

import dev.firn.definition.bind.AlsoKnownAs;
import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.OwnNames;
import dev.firn.definition.bind.Required;
import dev.firn.definition.reference.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The project file {@code firn.yaml}. */
@Component(kind = "project", name = "project", summary = "What several pipelines share, beside or above their files.")
public record ProjectOptions(
        @Required @AlsoKnownAs({"name", "project-name"}) @Doc("The project's name, which plans show.") @Example("shop")
                String project,
        @OwnNames
                @Doc(
                        "Catalogs by name, each with the properties that would stand under the sink's `catalog`, where then the"
                                + " name alone does.")
                @Example("{lake: {type: rest, uri: \"${env:CATALOG_URI}\"}}")
                Map<String, Map<String, Text>> catalogs,
        @OwnNames
                @AlsoKnownAs({"envs", "profiles", "stages"})
                @Doc("Environments by name, chosen with `--env`; the first is the default.")
                @Example("{prod: {pipeline: {parallelism: 16}}}")
                Map<String, EnvironmentOptions> environments,
        @Doc("The folder of pulled schemas, by its path from `firn.yaml`; unless said, `schemas` beside each pipeline"
                        + " file.")
                @Example("schemas/")
                Optional<String> schemas) {

    public ProjectOptions {
        catalogs = Collections.unmodifiableMap(new LinkedHashMap<>(catalogs));
        environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    }
}
