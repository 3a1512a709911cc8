package dev.firn.schema.infer.jdbc;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.infer.NotInferable;
import dev.firn.schema.infer.TypeWords;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.source.OutsideException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The schema of a table.
 *
 * @param rows of each column its name, type, declared type, and whether it may be null
 * @param remarks sentences for the user
 */
public record DatabaseTable(PortableSchema schema, List<List<String>> rows, List<String> remarks) {

    public DatabaseTable {
        rows = List.copyOf(rows);
        remarks = List.copyOf(remarks);
    }

    /**
     * Asks the database, and changes nothing.
     *
     * @param asText columns that become texts whatever their type
     */
    public record Question(String name, String table, Set<String> asText) {
        public Question {
            asText = Set.copyOf(asText);
        }
    }

    /** Throws {@link OutsideException} where the database does not answer. */
    public static DatabaseTable of(Database database, Drivers drivers, ReferenceResolver references, Question question)
            throws NotInferable {
        database.requireNoOpenPassword();
        try (Connection connection = database.connect(drivers, references)) {
            DatabaseMetaData data = connection.getMetaData();
            TableAddress table = TableAddress.find(data, connection.getCatalog(), question.table());
            return of(
                    data.getDatabaseProductName(),
                    table,
                    TableFacts.columns(data, table),
                    TableFacts.key(data, table),
                    question);
        } catch (SQLException e) {
            throw new OutsideException("`" + database.shown() + "` does not describe `" + question.table() + "`: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("it does not say why"));
        }
    }

    static DatabaseTable of(
            String product, TableAddress table, List<TableColumn> columns, List<String> key, Question question)
            throws NotInferable {
        ColumnShapes shapes = new ColumnShapes(product);
        List<Field> fields = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        List<String> untyped = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>(question.asText());
        for (TableColumn column : columns) {
            boolean isText = unknown.remove(column.name());
            Optional<Shape> shape = isText ? Optional.of(Plain.STRING) : shapes.of(column);
            if (shape.isEmpty()) {
                untyped.add("`" + column.name() + "` (" + column.declared() + ")");
                continue;
            }
            Value value = Value.of(shape.get(), column.nullability());
            fields.add(Field.column(column.name(), value, column.remark()));
            rows.add(List.of(
                    column.name(),
                    TypeWords.of(shape.get()),
                    value.isOptional() ? "may be" : "never",
                    column.declared()));
        }
        if (!untyped.isEmpty()) {
            throw new NotInferable(
                    table + " has columns of types that no type of Avro keeps: " + String.join(", ", untyped)
                            + "; cast them in a view, or take them as texts with `--as-text NAME`");
        }
        if (!unknown.isEmpty()) {
            throw new NotInferable(table + " has no column `" + String.join("`, `", unknown) + "`");
        }
        remarks.add(
                key.isEmpty()
                        ? table + " has no primary key"
                        : "the primary key of " + table + " is `" + String.join("`, `", key) + "`");
        if (product.contains("SQLite")) {
            remarks.add("SQLite does not hold values to the type of their column; what is there may be of another");
        }
        return new DatabaseTable(
                new PortableSchema(new Shape.Struct(TypeName.of(question.name()), fields)), rows, remarks);
    }
}
