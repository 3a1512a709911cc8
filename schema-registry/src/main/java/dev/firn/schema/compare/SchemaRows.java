package dev.firn.schema.compare;

import dev.firn.schema.avro.AvroKind;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.Unions;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** One walk over a schema that names every field and every branch in it, in order. */
public final class SchemaRows {

    private final List<SchemaRow> rows = new ArrayList<>();
    private final Set<String> open = new HashSet<>();

    private final AvroRules rules;

    private SchemaRows(AvroRules rules) {
        this.rules = rules;
    }

    /** Of a record; a key that is a single value is a row without a path. */
    public static List<SchemaRow> of(Schema schema) {
        return of(schema, AvroRules.STRICT);
    }

    /** The same with what a file says of how Avro becomes columns; nothing is named below a text of JSON. */
    public static List<SchemaRow> of(Schema schema, AvroRules rules) {
        SchemaRows walk = new SchemaRows(rules);
        if (schema.getType() == Schema.Type.RECORD) {
            walk.below("", schema);
        } else {
            walk.row("", schema, Unions.nullability(schema), Optional.empty(), Optional.empty());
        }
        return List.copyOf(walk.rows);
    }

    private void row(
            String path, Schema schema, Nullability nullability, Optional<String> defaultValue, Optional<String> doc) {
        rows.add(new SchemaRow(
                path,
                TypeWords.of(schema),
                ColumnTypes.of(schema, path, rules).map(ColumnTypes::word),
                nullability,
                defaultValue,
                doc));
        below(path, Unions.withoutNull(schema));
    }

    private void below(String path, Schema schema) {
        if (rules.jsonFields().contains(path)) {
            return;
        }
        switch (AvroKind.of(schema)) {
            case RECORD -> fields(path, schema);
            case ARRAY -> below(path + "[]", Unions.withoutNull(schema.getElementType()));
            case MAP -> below(path + "{}", Unions.withoutNull(schema.getValueType()));
            case UNION -> Unions.branches(schema)
                    .forEach(branch -> row(
                            SchemaChanges.child(path, Unions.columnOf(branch)),
                            branch,
                            Nullability.OPTIONAL,
                            Optional.empty(),
                            Optional.empty()));
            default -> {
                // Nothing is below.
            }
        }
    }

    private void fields(String path, Schema record) {
        if (!open.add(record.getFullName())) {
            // It contains itself; its fields were named above.
            return;
        }
        for (Schema.Field field : record.getFields()) {
            row(
                    SchemaChanges.child(path, field.name()),
                    field.schema(),
                    Unions.nullability(field.schema()),
                    field.hasDefaultValue() ? Optional.of(DefaultWords.of(field)) : Optional.empty(),
                    Optional.ofNullable(field.doc()));
        }
        open.remove(record.getFullName());
    }
}
