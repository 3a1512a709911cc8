package dev.firn.schema;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.Nanoseconds;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The {@code format:} of a source. */
@Component(kind = "format", name = "format", summary = "What the bytes of a record mean.")
public record FormatOptions(
        @Required @Doc("How the value is encoded; `avro` is Avro in the Confluent frame.") @Example("avro")
                FormatType type,
        @Required @Doc("The schema registry that knows the writers' schemas.") @Example("{url: \"${env:REGISTRY}\"}")
                RegistryOptions registry,
        @Default("refuse")
                @Doc(
                        "What happens to a timestamp in nanoseconds, which a table keeps in microseconds: the plan is refused, or what is below a microsecond is cut off, towards the past.")
                @Example("truncate")
                Nanoseconds nanoseconds,
        @Doc(
                        "Fields that become a `string` with their value as JSON, whatever it is: for types that no column has, such as a record that contains itself. Named by their path as complaints show it: names with dots between, `[]` for an array's items, `{}` for a map's values.")
                @Example("[tree.children, \"lines[].extra\"]")
                Optional<List<String>> jsonFields) {

    /** Avro, and nothing said of how it becomes columns. */
    public static FormatOptions avro(RegistryOptions registry) {
        return new FormatOptions(FormatType.AVRO, registry, Nanoseconds.REFUSE, Optional.empty());
    }

    /** How its schemas become columns. */
    public AvroRules rules() {
        return new AvroRules(nanoseconds, new TreeSet<>(jsonFields.orElse(List.of())));
    }
}
