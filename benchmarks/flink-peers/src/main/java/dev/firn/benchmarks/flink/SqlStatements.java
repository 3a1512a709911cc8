package dev.firn.benchmarks.flink;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** A topic as a table of Flink SQL, and what copies it into the lake. */
record SqlStatements(String topic, Schema schema) {

    String createTable(Map<String, String> options) {
        return new TreeMap<>(options)
                .entrySet().stream()
                        .map(option -> "  '" + option.getKey() + "' = '" + option.getValue() + "'")
                        .collect(Collectors.joining(
                                ",\n",
                                "CREATE TABLE " + SqlTypes.quoted(topic) + " (" + SqlTypes.READ.fields(schema)
                                        + ") WITH (\n",
                                "\n)"));
    }

    /**
     * Only columns with points in time are cast, which takes them to be in the session's zone; it must be UTC. If the planner
     * were left to find that out, it would cast each column that is never null, and copy each list, map and row on the way.
     */
    String insertInto(String table) {
        return schema.getFields().stream()
                .map(SqlStatements::column)
                .collect(Collectors.joining(
                        ", ", "INSERT INTO " + table + " SELECT ", " FROM " + SqlTypes.quoted(topic)));
    }

    private static String column(Schema.Field field) {
        String name = SqlTypes.quoted(field.name());
        String written = SqlTypes.WRITTEN.type(field.schema());
        return written.equals(SqlTypes.READ.type(field.schema())) ? name : "CAST(" + name + " AS " + written + ")";
    }
}
