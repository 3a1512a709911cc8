package dev.firn.schema;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;

/** The {@code format:} of a source. */
@Component(kind = "format", name = "format", summary = "What the bytes of a record mean.")
public record FormatOptions(
        @Required @Doc("How the value is encoded; `avro` is Avro in the Confluent frame.") @Example("avro")
                FormatType type,
        @Required @Doc("The schema registry that knows the writers' schemas.") @Example("{url: \"${env:REGISTRY}\"}")
                RegistryOptions registry) {}
