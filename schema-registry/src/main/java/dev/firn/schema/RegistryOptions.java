package dev.firn.schema;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.definition.reference.Text;
import java.io.Serializable;

/** The {@code registry:} of a format. */
@Component(kind = "registry", name = "registry", summary = "A schema registry that speaks Confluent's REST interface.")
public record RegistryOptions(
        @Required
                @Doc(
                        "Its address, with the path in front of `/schemas` and `/subjects` if there is one; `user:password@` is sent as basic authentication.")
                @Example("http://localhost:8081")
                Text url)
        implements Serializable {}
