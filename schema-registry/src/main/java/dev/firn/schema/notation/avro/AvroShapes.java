package dev.firn.schema.notation.avro;

import dev.firn.schema.avro.AvroKind;
import dev.firn.schema.avro.Unions;
import dev.firn.schema.compare.DefaultWords;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.Remarks;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** One walk over an Avro schema that makes one of no notation. */
public final class AvroShapes {

    /** A schema of a few lines can name a type in each of a type's fields, and so grow without end. */
    private static final int MOST_FIELDS = 10_000;

    private final AvroProperties properties;
    private final Set<String> open = new HashSet<>();
    private int fields;

    private AvroShapes(Losses losses) {
        this.properties = new AvroProperties(losses);
    }

    /** Of a record; anything else is no schema of columns. */
    public static ReadSchema of(Schema schema) throws NotReadable {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new NotReadable(
                    "it is a `" + schema.getType().getName() + "`, and only a record has columns; wrap it in a record");
        }
        Losses losses = new Losses("a schema of columns");
        Shape shape = new AvroShapes(losses).shape("", schema);
        return new ReadSchema(new PortableSchema((Shape.Struct) shape), losses.all());
    }

    private Value value(String path, Schema schema) throws NotReadable {
        return Value.of(shape(path, Unions.withoutNull(schema)), Unions.nullability(schema));
    }

    private Shape shape(String path, Schema schema) throws NotReadable {
        properties.look(path, schema);
        return switch (AvroKind.of(schema)) {
            case BOOLEAN -> Plain.BOOLEAN;
            case INT -> Whole.INT;
            case LONG -> Whole.LONG;
            case FLOAT -> Plain.FLOAT;
            case DOUBLE -> Plain.DOUBLE;
            case STRING, ZONED_TEXT -> Plain.STRING;
            case BYTES -> Plain.BYTES;
            case DATE -> Plain.DATE;
            case UUID_TEXT, UUID_BYTES -> Plain.UUID;
            case DURATION -> Plain.DURATION;
            case DECIMAL -> new Shape.Decimal(AvroKind.precision(schema), AvroKind.scale(schema));
            case FIXED -> new Shape.Fixed(name(schema), schema.getFixedSize());
            case ENUM -> new Shape.Symbols(
                    name(schema), schema.getEnumSymbols(), Optional.ofNullable(schema.getEnumDefault()));
            case TIME_MILLIS -> new Shape.Time(TimeUnit.MILLIS);
            case TIME_MICROS -> new Shape.Time(TimeUnit.MICROS);
            case TIMESTAMP_MILLIS -> timestamp(TimeUnit.MILLIS, schema);
            case TIMESTAMP_MICROS -> timestamp(TimeUnit.MICROS, schema);
            case TIMESTAMP_NANOS -> timestamp(TimeUnit.NANOS, schema);
            case LOCAL_TIMESTAMP_MILLIS -> new Shape.Timestamp(TimeUnit.MILLIS, Zone.LOCAL);
            case LOCAL_TIMESTAMP_MICROS -> new Shape.Timestamp(TimeUnit.MICROS, Zone.LOCAL);
            case LOCAL_TIMESTAMP_NANOS -> new Shape.Timestamp(TimeUnit.NANOS, Zone.LOCAL);
            case RECORD, VARIABLE_DECIMAL -> record(path, schema);
            case UNION -> choice(path, schema);
            case ARRAY -> list(path, schema);
            case MAP -> map(path, schema);
            case NULL -> throw new NotReadable(
                    "`" + path + "`: nothing but null can stand here, which has no type; remove the field");
        };
    }

    /** Iceberg says of its timestamps without a zone that they are not adjusted. */
    private static Shape timestamp(TimeUnit unit, Schema schema) {
        boolean local = Boolean.FALSE.equals(schema.getObjectProp(AvroProperties.ADJUSTED));
        return new Shape.Timestamp(unit, local ? Zone.LOCAL : Zone.INSTANT);
    }

    private static TypeName name(Schema schema) {
        return new TypeName(
                schema.getFullName(), Optional.ofNullable(schema.getDoc()), List.copyOf(schema.getAliases()));
    }

    private Shape record(String path, Schema schema) throws NotReadable {
        if (!open.add(schema.getFullName())) {
            return new Shape.Again(schema.getFullName());
        }
        fields += schema.getFields().size();
        if (fields > MOST_FIELDS) {
            throw new NotReadable("it has more than " + MOST_FIELDS + " fields up to `" + path + "`; split it");
        }
        List<Field> made = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            made.add(field(Fitting.child(path, field.name()), field));
        }
        open.remove(schema.getFullName());
        return new Shape.Struct(name(schema), made);
    }

    private Field field(String path, Schema.Field field) throws NotReadable {
        properties.look(path, field);
        Value value = value(path, field.schema());
        Remarks remarks = new Remarks(
                Optional.ofNullable(field.doc()),
                field.hasDefaultValue() ? Optional.of(DefaultWords.tree(field).toString()) : Optional.empty(),
                List.copyOf(field.aliases()));
        return new Field(
                AvroProperties.name(field),
                new Value(value.shape(), value.nullability(), AvroProperties.id(field, AvroProperties.FIELD_ID)),
                remarks);
    }

    private Shape choice(String path, Schema schema) throws NotReadable {
        List<Field> branches = new ArrayList<>();
        for (Schema branch : Unions.branches(schema)) {
            String name = Unions.columnOf(branch);
            branches.add(new Field(
                    name,
                    Value.of(shape(Fitting.child(path, name), branch), Nullability.OPTIONAL),
                    Remarks.NULL_UNLESS_SAID));
        }
        if (branches.isEmpty()) {
            throw new NotReadable(
                    "`" + path + "`: nothing but null can stand here, which has no type; remove the field");
        }
        return branches.size() == 1 ? branches.get(0).shape() : new Shape.OneOf(branches);
    }

    private Shape list(String path, Schema schema) throws NotReadable {
        Optional<Schema> pair = AvroProperties.pair(schema);
        if (pair.isPresent()) {
            Schema.Field key = pair.get().getField("key");
            Schema.Field value = pair.get().getField("value");
            return new Shape.MapOf(
                    item(path + "{key}", key.schema(), key, AvroProperties.FIELD_ID),
                    item(path + "{}", value.schema(), value, AvroProperties.FIELD_ID));
        }
        return new Shape.ListOf(item(path + "[]", schema.getElementType(), schema, AvroProperties.ELEMENT_ID));
    }

    private Shape map(String path, Schema schema) throws NotReadable {
        return new Shape.MapOf(
                new Value(Plain.STRING, Nullability.REQUIRED, AvroProperties.id(schema, AvroProperties.KEY_ID)),
                item(path + "{}", schema.getValueType(), schema, AvroProperties.VALUE_ID));
    }

    private Value item(String path, Schema schema, org.apache.avro.JsonProperties from, String id) throws NotReadable {
        Value value = value(path, schema);
        return new Value(value.shape(), value.nullability(), AvroProperties.id(from, id));
    }
}
