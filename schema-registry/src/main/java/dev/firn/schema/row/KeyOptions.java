package dev.firn.schema.row;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Default;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Required;

/** The {@code key:} of a source. */
@Component(kind = "key", name = "key", summary = "Columns made of a record's key, behind those of its value.")
public record KeyOptions(
        @Required
                @Doc(
                        "How the key is encoded: `avro` in the Confluent frame, its schema under the subject `<topic>-key` of the `format`'s registry; or `string`, `int` or `long` as Kafka's own serializers write them.")
                @Example("avro")
                KeyType type,
        @Default("key_")
                @Doc("What stands in front of the names of a key's fields, where the key is an Avro record.")
                @Example("k_")
                String prefix,
        @Default("key") @Doc("The column of a key that is a single value.") @Example("order_key") String column) {}
