package dev.firn.schema.json;

import dev.firn.schema.binding.Absence;
import dev.firn.schema.binding.FieldPath;
import dev.firn.schema.binding.Misfits;
import dev.firn.schema.binding.Places;
import dev.firn.schema.json.JsonType.Scalar;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.StructFactory;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Binds the fields of a JSON Schema to a table's columns, by name and down into structs, and makes the tree of readers. A field
 * that the schema names and that has no column is never gone past, unless somebody has decided to: the whole schema is refused.
 */
final class JsonBinding {

    private static final JsonValueReader NOTHING = input -> null;

    private final JsonRules rules;
    private final Set<String> leftOut;
    private final StructFactory structs;
    private final Misfits misfits = new Misfits();

    private JsonBinding(JsonRules rules, Set<String> leftOut, StructFactory structs) {
        this.rules = rules;
        this.leftOut = leftOut;
        this.structs = structs;
    }

    static JsonValueReader of(JsonType.Fields schema, JsonRules rules, WriterView table, StructFactory structs)
            throws Rejected {
        JsonBinding binding = new JsonBinding(rules, table.leftOut(), structs);
        JsonValueReader bound = binding.fields("", schema, table.columns().asStruct());
        binding.misfits.rejectAny();
        return bound;
    }

    /** Reads some columns and goes past all else; a column that the schema lacks is null. */
    static JsonValueReader projection(
            JsonType.Fields schema, JsonRules rules, ColumnType.Struct columns, StructFactory structs) throws Rejected {
        JsonBinding binding = new JsonBinding(rules, Set.of(), structs);
        Places places = new Places("", columns, binding.misfits);
        List<ObjectReader.Placed> fields = new ArrayList<>();
        for (JsonType.Field field : schema.fields()) {
            places.find(field.name()).ifPresent(place -> fields.add(binding.placed(field.name(), field, place)));
        }
        binding.misfits.rejectAny();
        return new ObjectReader(
                "",
                new JsonType.Fields(schema.fields(), JsonType.Others.ALLOWED),
                fields,
                new ObjectReader.Struct(columns.columns().size(), UnknownFields.IGNORE, structs.maker(columns)));
    }

    private JsonValueReader value(String path, JsonType type, ColumnType column) {
        if (type instanceof JsonType.Fields fields && column instanceof ColumnType.Struct struct) {
            return fields(path, fields, struct);
        }
        if (type instanceof JsonType.Items items && column instanceof ColumnType.ListOf list) {
            return Containers.list(
                    path,
                    type,
                    new Containers.Inside(
                            path + "[]",
                            value(path + "[]", items.item(), list.element()),
                            Absence.into(list.elements())));
        }
        if (type instanceof JsonType.Values values && column instanceof ColumnType.MapOf map) {
            return Containers.map(
                    path,
                    type,
                    new Containers.Inside(
                            path + "{}", value(path + "{}", values.value(), map.value()), Absence.into(map.values())));
        }
        return number(path, type, column).or(() -> scalar(path, type, column)).orElseGet(() -> {
            misfits.type(path, type.column(), column);
            return NOTHING;
        });
    }

    /** A number goes to a column of other numbers too, where each is looked at: none is rounded. */
    private static Optional<JsonValueReader> number(String path, JsonType type, ColumnType column) {
        if (type == Scalar.INTEGER && column == Primitive.LONG) {
            return Optional.of(Numbers.wholes(path));
        }
        if ((type == Scalar.INTEGER || type == Scalar.NUMBER) && column == Primitive.DOUBLE) {
            return Optional.of(Numbers.doubles(path, type));
        }
        return (type == Scalar.INTEGER || type == Scalar.NUMBER || type instanceof JsonType.Decimal)
                        && column instanceof ColumnType.Decimal decimal
                ? Optional.of(Numbers.decimals(path, type, decimal))
                : Optional.empty();
    }

    private Optional<JsonValueReader> scalar(String path, JsonType type, ColumnType column) {
        return type instanceof Scalar scalar && type.column().equals(column)
                ? Optional.of(scalar(path, scalar))
                : Optional.empty();
    }

    private JsonValueReader scalar(String path, Scalar type) {
        return switch (type) {
            case BOOLEAN -> Scalars.booleans(path);
            case STRING -> Scalars.texts(path);
            case UUID -> Scalars.uuids(path);
            case ANYTHING -> Scalars.anything(path);
            case DATE, TIME, DATE_TIME -> Times.of(path, type, rules.nanoseconds());
            case INTEGER, NUMBER -> throw new IllegalStateException(
                    "our bug: " + type + " at " + path + " is a number");
        };
    }

    private ObjectReader fields(String path, JsonType.Fields type, ColumnType.Struct struct) {
        Places places = new Places(path, struct, misfits);
        List<ObjectReader.Placed> fields = new ArrayList<>();
        for (JsonType.Field field : type.fields()) {
            String fieldPath = FieldPath.child(path, field.name());
            if (!leftOut.contains(fieldPath)) {
                places.take(field.name(), field.type().column())
                        .ifPresent(place -> fields.add(placed(fieldPath, field, place)));
            }
        }
        places.requireNoOther();
        return new ObjectReader(
                path,
                type,
                fields,
                new ObjectReader.Struct(struct.columns().size(), rules.unknownFields(), structs.maker(struct)));
    }

    private ObjectReader.Placed placed(String path, JsonType.Field field, Places.Place place) {
        return new ObjectReader.Placed(
                field.name(),
                path,
                value(path, field.type(), place.column().type()),
                Absence.into(place.column().nullability()),
                place.position());
    }
}
