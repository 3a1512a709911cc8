package dev.firn.it.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** A reader of Parquet that shares no code with Parquet's Java library. It knows no Iceberg and is told the files. */
public final class DuckDb {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DuckDb() {}

    /** All rows of a table's files, spelled canonically. */
    public static List<Map<String, @Nullable Object>> rows(WrittenTable table) throws SQLException {
        String query = "SELECT %s FROM read_parquet([%s])"
                .formatted(
                        table.columns().stream().map(DuckDb::expression).collect(Collectors.joining(", ")),
                        table.files().stream().map(file -> "'" + file + "'").collect(Collectors.joining(", ")));
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (NestedField column : table.columns()) {
                    row.put(column.name(), Canonical.value(value(result, column)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** Structs lose the names of their fields in JDBC, but not in JSON. */
    private static String expression(NestedField column) {
        String name = "\"" + column.name() + "\"";
        return (column.type().isNestedType() ? "CAST(to_json(" + name + ") AS VARCHAR)" : name) + " AS " + name;
    }

    private static @Nullable Object value(ResultSet result, NestedField column) throws SQLException {
        Object value = result.getObject(column.name());
        if (value instanceof String json && column.type().isNestedType()) {
            return parsed(json);
        }
        if (value instanceof Blob blob) {
            return blob.getBytes(1, (int) blob.length());
        }
        return value instanceof Timestamp timestamp ? timestamp.toLocalDateTime() : value;
    }

    private static Object parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
