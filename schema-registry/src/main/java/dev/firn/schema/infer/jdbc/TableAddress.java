package dev.firn.schema.infer.jdbc;

import dev.firn.schema.infer.NotInferable;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a table is, in the words of its database; some have catalogs, some schemas, some both. */
record TableAddress(@Nullable String catalog, @Nullable String schema, String table) {

    private static final Set<String> NO_TABLES = Set.of(
            "INDEX", "PARTITIONED INDEX", "SEQUENCE", "TYPE", "SYNONYM", "SYSTEM TABLE", "SYSTEM VIEW", "SYSTEM INDEX");

    /**
     * Finds a table or a view by its name, in its own case or, where there is none, in another.
     *
     * @param current the catalog that the connection is to
     * @param name with or without a schema, and a dot in between
     */
    static TableAddress find(DatabaseMetaData data, @Nullable String current, String name)
            throws SQLException, NotInferable {
        int dot = name.indexOf('.');
        String schema = dot < 0 ? "" : name.substring(0, dot);
        String table = name.substring(dot + 1);
        List<TableAddress> all = all(data, dot < 0 ? current : null);
        List<TableAddress> found = all.stream()
                .filter(one -> one.table().equals(table) && (schema.isEmpty() || schema.equals(one.place())))
                .toList();
        if (found.isEmpty()) {
            found = all.stream()
                    .filter(one -> one.table().equalsIgnoreCase(table)
                            && (schema.isEmpty() || schema.equalsIgnoreCase(one.place())))
                    .toList();
        }
        if (found.isEmpty()) {
            throw new NotInferable("the database has no table `" + name + "` that its user can see");
        }
        if (found.size() > 1) {
            throw new NotInferable("`" + name + "` is the name of several tables: "
                    + found.stream().map(TableAddress::toString).sorted().collect(Collectors.joining(", "))
                    + "; say which");
        }
        return found.get(0);
    }

    private static List<TableAddress> all(DatabaseMetaData data, @Nullable String catalog) throws SQLException {
        List<TableAddress> all = new ArrayList<>();
        try (ResultSet tables = data.getTables(catalog, null, "%", null)) {
            while (tables.next()) {
                String type = String.valueOf(tables.getString("TABLE_TYPE"));
                if (!NO_TABLES.contains(type)) {
                    all.add(new TableAddress(
                            tables.getString("TABLE_CAT"),
                            tables.getString("TABLE_SCHEM"),
                            tables.getString("TABLE_NAME")));
                }
            }
        }
        return all;
    }

    /** The schema, or the catalog where there are no schemas. */
    String place() {
        return schema != null ? schema : catalog != null ? catalog : "";
    }

    @Override
    public String toString() {
        return "`" + (place().isEmpty() ? "" : place() + ".") + table + "`";
    }
}
