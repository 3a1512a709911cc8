package dev.firn.schema.avro;

import dev.firn.schema.binding.FieldPath;
import dev.firn.schema.binding.Unmappable;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** One walk over an Avro schema that makes columns and collects every complaint on its way. */
final class ColumnMapping {

    private static final int MOST_DIGITS = 38;

    /** A schema of a few lines can name a type in each of a type's fields, and so grow without end. */
    private static final int MOST_COLUMNS = 10_000;

    static final ColumnType.Struct DURATION = new ColumnType.Struct(List.of(
            Column.required("months", Primitive.LONG),
            Column.required("days", Primitive.LONG),
            Column.required("millis", Primitive.LONG)));

    /** Stands where a complaint was made; the table is not used then. */
    private static final ColumnType NOTHING = Primitive.STRING;

    private final AvroRules rules;
    private final List<Unmappable> unmappable = new ArrayList<>();
    private final Set<String> jsonFields = new HashSet<>();
    private final Set<String> openRecords = new HashSet<>();
    private int columns;

    ColumnMapping(AvroRules rules) {
        this.rules = rules;
    }

    AvroColumns table(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            String type = schema.getType().getName();
            complain(
                    schema.getName(),
                    "the value is `" + type + "`, and only a record has columns",
                    "wrap it in a record with one field");
            return new AvroColumns(Optional.empty(), unmappable, jsonFields);
        }
        ColumnType type = record("", schema);
        return unmappable.isEmpty()
                ? new AvroColumns(
                        Optional.of(new TableSchema(((ColumnType.Struct) type).columns())), List.of(), jsonFields)
                : new AvroColumns(Optional.empty(), unmappable, jsonFields);
    }

    /** The type of a value that is there; null, where it is allowed, is its place's affair. */
    ColumnType type(String path, Schema schema) {
        if (rules.isJson(path)) {
            jsonFields.add(path);
            return Primitive.STRING;
        }
        Schema present = Unions.withoutNull(schema);
        return switch (AvroKind.of(present)) {
            case BOOLEAN -> Primitive.BOOLEAN;
            case INT -> Primitive.INT;
            case LONG -> Primitive.LONG;
            case FLOAT -> Primitive.FLOAT;
            case DOUBLE -> Primitive.DOUBLE;
            case STRING, ENUM, VARIABLE_DECIMAL -> Primitive.STRING;
            case BYTES -> Primitive.BINARY;
            case DATE -> Primitive.DATE;
            case TIME_MILLIS, TIME_MICROS -> Primitive.TIME;
            case TIMESTAMP_MILLIS, TIMESTAMP_MICROS, ZONED_TEXT -> Primitive.TIMESTAMPTZ;
            case LOCAL_TIMESTAMP_MILLIS, LOCAL_TIMESTAMP_MICROS -> Primitive.TIMESTAMP;
            case UUID_TEXT, UUID_BYTES -> Primitive.UUID;
            case DURATION -> DURATION;
            case FIXED -> fixed(path, present);
            case DECIMAL -> decimal(path, present);
            case RECORD -> record(path, present);
            case UNION -> union(path, present);
            case ARRAY -> new ColumnType.ListOf(
                    type(path + "[]", present.getElementType()), Unions.nullability(present.getElementType()));
            case MAP -> new ColumnType.MapOf(
                    type(path + "{}", present.getValueType()), Unions.nullability(present.getValueType()));
            case NULL -> complain(
                    path,
                    "nothing but null can stand here, which has no type",
                    "remove the field, or add a type to it");
            case TIMESTAMP_NANOS -> nanoseconds(path, Primitive.TIMESTAMPTZ);
            case LOCAL_TIMESTAMP_NANOS -> nanoseconds(path, Primitive.TIMESTAMP);
        };
    }

    private ColumnType nanoseconds(String path, ColumnType truncated) {
        return rules.nanoseconds() == Nanoseconds.TRUNCATE
                ? truncated
                : complain(
                        path,
                        "a timestamp in nanoseconds does not fit into one of microseconds",
                        "use timestamp-micros, or write `nanoseconds: truncate` into the `format`");
    }

    private ColumnType fixed(String path, Schema schema) {
        return schema.getFixedSize() > 0
                ? new ColumnType.Fixed(schema.getFixedSize())
                : complain(path, "a fixed of 0 bytes holds nothing", "remove the field");
    }

    private ColumnType decimal(String path, Schema schema) {
        int precision = AvroKind.precision(schema);
        return precision <= MOST_DIGITS
                ? new ColumnType.Decimal(precision, AvroKind.scale(schema))
                : complain(
                        path,
                        "a decimal of " + precision + " digits is longer than a column's " + MOST_DIGITS,
                        "use a precision of at most " + MOST_DIGITS + ", or a string; or " + Unmappable.asJson(path));
    }

    private ColumnType record(String path, Schema schema) {
        if (!openRecords.add(schema.getFullName())) {
            return complain(
                    path,
                    "record `" + schema.getFullName() + "` contains itself, and a column's type can't",
                    "flatten it, or " + Unmappable.asJson(path));
        }
        try {
            if (isTooWide(path, schema.getFields().size())) {
                return NOTHING;
            }
            List<Column> fields = new ArrayList<>();
            for (Schema.Field field : schema.getFields()) {
                String fieldPath = FieldPath.child(path, field.name());
                ColumnType type = type(fieldPath, field.schema());
                fields.add(new Column(field.name(), type, Unions.nullability(field.schema())));
            }
            return fields.isEmpty()
                    ? complain(
                            path.isEmpty() ? schema.getName() : path,
                            "record `" + schema.getFullName() + "` has no fields, and a struct needs one",
                            orAsJson(path, "add a field to it, or remove it"))
                    : struct(path, fields);
        } finally {
            openRecords.remove(schema.getFullName());
        }
    }

    private ColumnType union(String path, Schema schema) {
        if (isTooWide(path, schema.getTypes().size())) {
            return NOTHING;
        }
        List<Column> branches = new ArrayList<>();
        for (Schema branch : Unions.branches(schema)) {
            String name = Unions.columnOf(branch);
            branches.add(Column.optional(name, type(FieldPath.child(path, name), branch)));
        }
        return branches.isEmpty()
                ? complain(
                        path,
                        "nothing but null can stand here, which has no type",
                        "remove the field, or add a type to it")
                : struct(path, branches);
    }

    private ColumnType struct(String path, List<Column> fields) {
        Map<String, String> seen = new HashMap<>();
        for (Column field : fields) {
            String other = seen.putIfAbsent(field.name().toLowerCase(Locale.ROOT), field.name());
            if (other != null) {
                String why = other.equals(field.name())
                        ? "two branches of the union are called `" + other + "`"
                        : "differs from `" + other + "` only in case, which most engines can't tell apart";
                complain(FieldPath.child(path, field.name()), why, orAsJson(path, "rename one of them"));
            }
        }
        return new ColumnType.Struct(fields);
    }

    /** Counts before it descends, so that the walk itself ends. */
    private boolean isTooWide(String path, int more) {
        boolean fitted = columns <= MOST_COLUMNS;
        columns += fitted ? more : 0;
        if (fitted && columns > MOST_COLUMNS) {
            complain(path, "the schema has more than " + MOST_COLUMNS + " columns up to here", "split it");
        }
        return columns > MOST_COLUMNS;
    }

    /** Who reads a topic can't always change what others write; only the value itself can't be one text. */
    private static String orAsJson(String path, String wayOut) {
        return path.isEmpty() ? wayOut : wayOut + "; or " + Unmappable.asJson(path);
    }

    private ColumnType complain(String path, String why, String wayOut) {
        unmappable.add(new Unmappable(path, why, wayOut));
        return NOTHING;
    }
}
