package dev.firn.connector.kafka;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.schema.row.MetadataColumn;
import dev.firn.schema.row.MetadataField;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code metadata:} of a source: the names of columns. */
@Component(
        kind = "metadata",
        name = "metadata",
        summary = "Columns made of where a record came from, behind those of its value.")
public record MetadataOptions(
        @Doc("The column of the topic's name, a `string`.") @Example("_topic") Optional<String> topic,
        @Doc("The column of the partition's number, an `int`.") @Example("_kafka_partition") Optional<String> partition,
        @Doc("The column of the record's offset, a `long`.") @Example("_offset") Optional<String> offset,
        @Doc(
                        "The column of the record's timestamp, a `timestamptz` in milliseconds; the topic's `message.timestamp.type` says whose clock it is.")
                @Example("_kafka_time")
                Optional<String> timestamp,
        @Doc("The column of the key's bytes, a `binary`.") @Example("_key") Optional<String> key,
        @Doc("The column of the headers, a `list<struct<key: string, value: binary>>` in their order.")
                @Example("_headers")
                Optional<String> headers,
        @Doc("The column of the id of the schema that the value was written with, an `int`.") @Example("_schema_id")
                Optional<String> schemaId) {

    /** None. */
    public static MetadataOptions none() {
        return new MetadataOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** In the order in which a table made of them has them. */
    List<Named> named() {
        return Stream.of(
                        new Named("topic", topic, MetadataField.STREAM),
                        new Named("partition", partition, MetadataField.PARTITION),
                        new Named("offset", offset, MetadataField.OFFSET),
                        new Named("timestamp", timestamp, MetadataField.TIMESTAMP),
                        new Named("key", key, MetadataField.KEY),
                        new Named("headers", headers, MetadataField.HEADERS),
                        new Named("schema-id", schemaId, MetadataField.SCHEMA_ID))
                .filter(named -> named.column().isPresent())
                .toList();
    }

    public List<MetadataColumn> columns() {
        return named().stream().map(Named::metadata).toList();
    }

    /** An option and the column that it names. */
    record Named(String option, Optional<String> column, MetadataField field) {
        MetadataColumn metadata() {
            return new MetadataColumn(column.orElseThrow(), field);
        }
    }
}
