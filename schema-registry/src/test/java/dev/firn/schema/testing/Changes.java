package dev.firn.schema.testing;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;

/** Changes of rows as Debezium's connector for Postgres writes them through Kafka Connect's Avro converter. */
public final class Changes {

    private static final String SOURCE = "{'type': 'record', 'name': 'Source',"
            + " 'namespace': 'io.debezium.connector.postgresql', 'fields': [{'name': 'version', 'type': 'string'},"
            + " {'name': 'snapshot', 'type': [{'type': 'string', 'connect.version': 1, 'connect.default': 'false',"
            + " 'connect.name': 'io.debezium.data.Enum'}, 'null'], 'default': 'false'},"
            + " {'name': 'lsn', 'type': ['null', 'long'], 'default': null}],"
            + " 'connect.name': 'io.debezium.connector.postgresql.Source'}";

    private static final String TRANSACTION = "['null', {'type': 'record', 'name': 'block', 'namespace': 'event',"
            + " 'fields': [{'name': 'id', 'type': 'string'}, {'name': 'total_order', 'type': 'long'},"
            + " {'name': 'data_collection_order', 'type': 'long'}], 'connect.name': 'event.block'}]";

    private Changes() {}

    /** The envelope of rows with these fields, each as JSON. */
    public static Schema envelope(String... fields) {
        return AvroBytes.schema(
                "{'type': 'record', 'name': 'Envelope', 'namespace': 'crm.public.customers', 'fields': ["
                        + "{'name': 'before', 'type': ['null', {'type': 'record', 'name': 'Value', 'fields': ["
                        + String.join(", ", fields)
                        + "], 'connect.name': 'crm.public.customers.Value'}], 'default': null},"
                        + " {'name': 'after', 'type': ['null', 'Value'], 'default': null},"
                        + " {'name': 'source', 'type': " + SOURCE + "},"
                        + " {'name': 'transaction', 'type': " + TRANSACTION + ", 'default': null},"
                        + " {'name': 'op', 'type': 'string'},"
                        + " {'name': 'ts_ms', 'type': ['null', 'long'], 'default': null}],"
                        + " 'connect.version': 2, 'connect.name': 'crm.public.customers.Envelope'}");
    }

    /** A field. */
    public static String field(String name, String type) {
        return "{'name': '" + name + "', 'type': " + type + "}";
    }

    /** A type that Kafka Connect has a name for. */
    public static String named(String type, String name) {
        return "{'type': '" + type + "', 'connect.version': 1, 'connect.name': '" + name + "'}";
    }

    public static Schema row(Schema envelope) {
        return envelope.getField("after").schema().getTypes().get(1);
    }

    /** A row of an envelope; what is not given is what the schema has for it. */
    public static GenericRecord row(Schema envelope, Map<String, ?> values) {
        GenericRecordBuilder row = new GenericRecordBuilder(row(envelope));
        values.forEach(row::set);
        return row.build();
    }

    public static byte[] change(
            Schema envelope, String op, @Nullable GenericRecord before, @Nullable GenericRecord after) {
        GenericRecord source =
                new GenericData.Record(envelope.getField("source").schema());
        source.put("version", "2.5.0.Final");
        source.put("snapshot", op.equals("r") ? "true" : "false");
        source.put("lsn", 24_023_128L);
        Schema block = envelope.getField("transaction").schema().getTypes().get(1);
        GenericRecord transaction = new GenericRecordBuilder(block)
                .set("id", "571:53195829")
                .set("total_order", 1L)
                .set("data_collection_order", 1L)
                .build();
        return AvroBytes.encode(
                envelope,
                new GenericRecordBuilder(envelope)
                        .set("before", before)
                        .set("after", after)
                        .set("source", source)
                        .set("transaction", op.equals("r") ? null : transaction)
                        .set("op", op)
                        .set("ts_ms", 1_700_000_000_000L)
                        .build());
    }
}
