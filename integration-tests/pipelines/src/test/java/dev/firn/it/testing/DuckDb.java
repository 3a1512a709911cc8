package dev.firn.it.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
                int number = 0;
                for (NestedField column : table.columns()) {
                    row.put(column.name(), DuckDbText.value(column.type(), parsed(result.getString(++number))));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** What expressions of SQL, whole numbers each, come to over all rows of files. */
    public static List<Long> numbers(List<String> files, String... expressions) throws SQLException {
        String query = "SELECT %s FROM read_parquet([%s], union_by_name = true)"
                .formatted(
                        String.join(", ", expressions),
                        files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", ")));
        List<Long> numbers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            for (int number = 1; number <= expressions.length; number++) {
                numbers.add(result.getLong(number));
            }
        }
        return numbers;
    }

    private static String expression(NestedField column) {
        return "CAST(to_json(" + DuckDbText.expression(column.type(), "\"" + column.name() + "\"") + ") AS VARCHAR)";
    }

    private static JsonNode parsed(@Nullable String json) {
        try {
            return json == null ? JSON.nullNode() : JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
