package dev.firn.it.testing.changes;

import org.apache.avro.Schema;

/** The schemas of a table of customers as Debezium's connector for Postgres registers them. */
final class Envelopes {

    static final String CITY_NAME = "city";

    static final String CITY = """
            , {"name": "city", "type": ["null", "string"], "default": null}""";

    static final String KEY =
            """
            {"type": "record", "name": "Key", "namespace": "crm.public.customers", "fields": [
              {"name": "id", "type": {"type": "int", "connect.default": 0}, "default": 0}],
             "connect.name": "crm.public.customers.Key"}""";

    private static final String ENVELOPE =
            """
            {"type": "record", "name": "Envelope", "namespace": "crm.public.customers", "fields": [
              {"name": "before", "type": ["null", {"type": "record", "name": "Value", "fields": [
                {"name": "id", "type": {"type": "int", "connect.default": 0}, "default": 0},
                {"name": "name", "type": "string"},
                {"name": "country", "type": "string"},
                {"name": "born_on", "type": ["null", {"type": "int", "connect.version": 1,
                  "connect.name": "io.debezium.time.Date"}], "default": null},
                {"name": "seen_at", "type": ["null", {"type": "string", "connect.version": 1,
                  "connect.name": "io.debezium.time.ZonedTimestamp"}], "default": null},
                {"name": "credit", "type": ["null", {"type": "bytes", "scale": 4, "precision": 12, "connect.version": 1,
                  "connect.parameters": {"scale": "4", "connect.decimal.precision": "12"},
                  "connect.name": "org.apache.kafka.connect.data.Decimal", "logicalType": "decimal"}], "default": null},
                {"name": "body", "type": ["null", "string"], "default": null}MORE],
               "connect.name": "crm.public.customers.Value"}], "default": null},
              {"name": "after", "type": ["null", "Value"], "default": null},
              {"name": "source", "type": {"type": "record", "name": "Source",
                "namespace": "io.debezium.connector.postgresql", "fields": [
                  {"name": "version", "type": "string"},
                  {"name": "lsn", "type": ["null", "long"], "default": null}],
                "connect.name": "io.debezium.connector.postgresql.Source"}},
              {"name": "transaction", "type": ["null", {"type": "record", "name": "block", "namespace": "event", "fields": [
                {"name": "id", "type": "string"}, {"name": "total_order", "type": "long"},
                {"name": "data_collection_order", "type": "long"}], "connect.name": "event.block"}], "default": null},
              {"name": "op", "type": "string"},
              {"name": "ts_ms", "type": ["null", "long"], "default": null}],
             "connect.version": 2, "connect.name": "crm.public.customers.Envelope"}""";

    private Envelopes() {}

    /** @param more fields of its rows, with a comma in front */
    static Schema of(String more) {
        return new Schema.Parser().parse(ENVELOPE.replace("MORE", more));
    }

    static Schema row(Schema envelope) {
        return envelope.getField("after").schema().getTypes().get(1);
    }
}
