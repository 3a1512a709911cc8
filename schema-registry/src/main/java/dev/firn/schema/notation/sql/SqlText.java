package dev.firn.schema.notation.sql;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The statement for a schema that fits. */
final class SqlText {

    /** Of a record that has none. */
    private static final String NAMELESS = "records";

    private static final String INDENT = "  ";

    private final Dialect dialect;
    private final SqlNames names;
    private final SqlTypes types;

    SqlText(Dialect dialect, SqlNames names) {
        this.dialect = dialect;
        this.names = names;
        this.types = new SqlTypes(dialect, names);
    }

    String write(PortableSchema fitted) {
        String simple = fitted.name().isThere() ? fitted.name().simple() : NAMELESS;
        String table = names.of("", simple);
        StringBuilder text = new StringBuilder("CREATE TABLE " + table + " (\n");
        List<String> columns = new ArrayList<>();
        for (Field field : fitted.fields()) {
            columns.add(INDENT + column(field));
        }
        text.append(String.join(",\n", columns)).append("\n)");
        boolean apart = dialect == Dialect.POSTGRES;
        fitted.name().doc().ifPresent(doc -> text.append(
                        apart ? ";\n\nCOMMENT ON TABLE " + table + " IS " : " COMMENT ")
                .append(names.text(doc)));
        text.append(";\n");
        if (apart) {
            text.append(comments(table, fitted, fitted.name().doc().isPresent()));
        }
        return text.toString();
    }

    private String column(Field field) {
        String name = names.of(field.name(), field.name());
        StringBuilder column = new StringBuilder(name + " ");
        column.append(types.of(field.name(), field.shape(), INDENT, column.length()));
        if (!field.isOptional()) {
            column.append(" NOT NULL");
        }
        if (dialect != Dialect.POSTGRES) {
            field.remarks().doc().ifPresent(doc -> column.append(" COMMENT ").append(names.text(doc)));
            return column.toString();
        }
        field.remarks()
                .defaultValue()
                .filter(json -> !field.remarks().defaultsToNull())
                .ifPresent(json -> column.append(" DEFAULT ").append(SqlDefaults.literal(dialect, json)));
        if (field.shape() instanceof Shape.Symbols symbols) {
            column.append(" CHECK (" + name + " IN (")
                    .append(symbols.symbols().stream().map(names::text).collect(Collectors.joining(", ")))
                    .append("))");
        }
        return column.toString();
    }

    private String comments(String table, PortableSchema fitted, boolean begun) {
        StringBuilder comments = new StringBuilder();
        for (Field field : fitted.fields()) {
            field.remarks().doc().ifPresent(doc -> comments.append("COMMENT ON COLUMN ")
                    .append(table + "." + names.again(field.name()))
                    .append(" IS " + names.text(doc) + ";\n"));
        }
        return (begun || comments.isEmpty() ? "" : "\n") + comments;
    }
}
