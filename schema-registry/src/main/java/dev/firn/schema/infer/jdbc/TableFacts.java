package dev.firn.schema.infer.jdbc;

import dev.firn.spi.schema.Nullability;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a driver says of one table. */
final class TableFacts {

    private TableFacts() {}

    /** In the table's order. */
    static List<TableColumn> columns(DatabaseMetaData data, TableAddress table) throws SQLException {
        SortedMap<Integer, TableColumn> columns = new TreeMap<>();
        String escape = data.getSearchStringEscape();
        try (ResultSet found = data.getColumns(
                table.catalog(), literal(table.schema(), escape), literal(table.table(), escape), "%")) {
            while (found.next()) {
                // Patterns may have matched more than the one table.
                if (table.table().equals(found.getString("TABLE_NAME"))) {
                    columns.put(found.getInt("ORDINAL_POSITION"), column(found));
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private static TableColumn column(ResultSet found) throws SQLException {
        boolean required = found.getInt("NULLABLE") == DatabaseMetaData.columnNoNulls;
        return new TableColumn(
                found.getString("COLUMN_NAME"),
                found.getInt("DATA_TYPE"),
                found.getString("TYPE_NAME"),
                found.getInt("COLUMN_SIZE"),
                found.getInt("DECIMAL_DIGITS"),
                required ? Nullability.REQUIRED : Nullability.OPTIONAL,
                Optional.ofNullable(found.getString("REMARKS")).filter(text -> !text.isBlank()));
    }

    /** A name, where a pattern is asked for. */
    private static @Nullable String literal(@Nullable String name, @Nullable String escape) {
        return name == null || escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    /** The columns of the primary key, in its order. */
    static List<String> key(DatabaseMetaData data, TableAddress table) throws SQLException {
        SortedMap<Integer, String> key = new TreeMap<>();
        try (ResultSet found = data.getPrimaryKeys(table.catalog(), table.schema(), table.table())) {
            while (found.next()) {
                key.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
            }
        }
        return new ArrayList<>(key.values());
    }
}
