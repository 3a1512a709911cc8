package dev.firn.connector.cdc.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names and texts as they stand in a statement. */
final class Sql {

    private Sql() {}

    /** Always between quotes, so that its case and whatever it holds count. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String name(String schema, String table) {
        return name(schema) + "." + name(table);
    }

    /** With {@code standard_conforming_strings} on, which sessions of ours have. */
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String names(Collection<String> names) {
        return names.stream().map(Sql::name).collect(Collectors.joining(", "));
    }
}
