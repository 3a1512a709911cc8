package dev.firn.spi.notation;

import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.Nullability;
import java.util.List;

/** A schema of no notation in particular: a record with a name. */
public record PortableSchema(Shape.Struct record) {

    /**
     * Columns as Firn has them, for whoever wants them in another notation.
     *
     * @param name of the record, with or without a namespace; empty if it has none
     */
    public static PortableSchema of(String name, List<Column> columns) {
        TypeName typeName = name.isEmpty() ? TypeName.NONE : TypeName.of(name);
        return new PortableSchema(new Shape.Struct(typeName, fields(columns)));
    }

    public TypeName name() {
        return record.name();
    }

    public List<Field> fields() {
        return record.fields();
    }

    /** The same under another name. */
    public PortableSchema named(String full) {
        TypeName other = new TypeName(full, name().doc(), name().aliases());
        return new PortableSchema(new Shape.Struct(other, fields()));
    }

    private static List<Field> fields(List<Column> columns) {
        return columns.stream()
                .map(column -> column.isOptional()
                        ? Field.optional(column.name(), shape(column.type()))
                        : Field.required(column.name(), shape(column.type())))
                .toList();
    }

    private static Shape shape(ColumnType type) {
        if (type instanceof ColumnType.Primitive primitive) {
            return plain(primitive);
        }
        if (type instanceof ColumnType.Decimal decimal) {
            return new Shape.Decimal(decimal.precision(), decimal.scale());
        }
        if (type instanceof ColumnType.Fixed fixed) {
            return new Shape.Fixed(TypeName.NONE, fixed.length());
        }
        if (type instanceof ColumnType.Struct struct) {
            return new Shape.Struct(TypeName.NONE, fields(struct.columns()));
        }
        if (type instanceof ColumnType.ListOf list) {
            return new Shape.ListOf(value(list.element(), list.elements()));
        }
        ColumnType.MapOf map = (ColumnType.MapOf) type;
        return new Shape.MapOf(Value.required(Plain.STRING), value(map.value(), map.values()));
    }

    private static Value value(ColumnType type, Nullability nullability) {
        return Value.of(shape(type), nullability);
    }

    private static Shape plain(ColumnType.Primitive primitive) {
        return switch (primitive) {
            case BOOLEAN -> Plain.BOOLEAN;
            case INT -> Whole.INT;
            case LONG -> Whole.LONG;
            case FLOAT -> Plain.FLOAT;
            case DOUBLE -> Plain.DOUBLE;
            case STRING -> Plain.STRING;
            case BINARY -> Plain.BYTES;
            case DATE -> Plain.DATE;
            case TIME -> new Shape.Time(TimeUnit.MICROS);
            case TIMESTAMP -> new Shape.Timestamp(TimeUnit.MICROS, Zone.LOCAL);
            case TIMESTAMPTZ -> new Shape.Timestamp(TimeUnit.MICROS, Zone.INSTANT);
            case UUID -> Plain.UUID;
        };
    }
}
