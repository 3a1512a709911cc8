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
                                "CREATE TABLE " + SqlTypes.quoted(topic) + " (" + SqlTypes.fields(schema)
                                        + ") WITH (\n",
                                "\n)"));
    }

    /** Where the format has read a point in time, the planner takes it to be in the session's zone, which must be UTC. */
    String insertInto(String table) {
        return "INSERT INTO " + table + " SELECT * FROM " + SqlTypes.quoted(topic);
    }
}
