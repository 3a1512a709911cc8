package dev.firn.schema.json;

import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableSchema;
import java.nio.charset.StandardCharsets;

/** Schemas and records, written with single quotes. */
final class JsonRecords {

    private JsonRecords() {}

    /** Of an object with those properties, as they stand inside the braces. */
    static String schema(String properties) {
        return quoted("{'type': 'object', 'properties': {" + properties + "}}");
    }

    static String quoted(String text) {
        return text.replace('\'', '"');
    }

    static RawRecord record(String json) {
        return AvroBytes.raw(quoted(json).getBytes(StandardCharsets.UTF_8));
    }

    static TableSchema table(String schema, JsonRules rules) {
        return columns(schema, rules).table().orElseThrow(() -> new AssertionError(columns(schema, rules)));
    }

    static JsonColumns columns(String schema, JsonRules rules) {
        try {
            return JsonColumns.of(schema, rules);
        } catch (NotJsonSchema e) {
            throw new AssertionError(e);
        }
    }

    static Row decode(String schema, String json) throws Rejected {
        return decode(schema, table(schema, JsonRules.STRICT), json);
    }

    static Row decode(String schema, TableSchema table, String json) throws Rejected {
        return decode(schema, table, JsonRules.STRICT, record(json));
    }

    static Row decode(String schema, TableSchema table, JsonRules rules, RawRecord record) throws Rejected {
        return (Row) JsonSchemas.of("the schema", schema, rules, 0)
                .decoder(table, Row.FACTORY)
                .decode(record);
    }
}
