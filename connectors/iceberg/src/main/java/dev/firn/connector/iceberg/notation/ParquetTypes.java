package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.Value;
import java.math.BigInteger;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** A schema that fits as Parquet's own. */
final class ParquetTypes {

    /** Of a record that has none. */
    private static final String NAMELESS = "record";

    private static final int DIGITS_OF_INT = 9;
    private static final int DIGITS_OF_LONG = 18;
    private static final int UUID_BYTES = 16;
    private static final int INTERVAL_BYTES = 12;
    private static final int LONG_BITS = 64;

    private ParquetTypes() {}

    static MessageType message(PortableSchema fitted) {
        Type[] fields = fitted.fields().stream().map(ParquetTypes::field).toArray(Type[]::new);
        return Types.buildMessage()
                .addFields(fields)
                .named(fitted.name().isThere() ? fitted.name().full() : NAMELESS);
    }

    private static Type field(Field field) {
        return type(field.name(), field.value());
    }

    private static Type type(String name, Value value) {
        Type type = withoutId(name, value);
        return value.id().isPresent() ? type.withId(value.id().getAsInt()) : type;
    }

    private static Type.Repetition repetition(Value value) {
        return value.isOptional() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
    }

    private static Type withoutId(String name, Value value) {
        Shape shape = value.shape();
        if (shape instanceof Shape.Struct struct) {
            Type[] fields = struct.fields().stream().map(ParquetTypes::field).toArray(Type[]::new);
            return new GroupType(repetition(value), name, fields);
        }
        if (shape instanceof Shape.ListOf list) {
            GroupType repeated = new GroupType(Type.Repetition.REPEATED, "list", type("element", list.item()));
            return Types.buildGroup(repetition(value))
                    .as(LogicalTypeAnnotation.listType())
                    .addField(repeated)
                    .named(name);
        }
        if (shape instanceof Shape.MapOf map) {
            GroupType repeated = new GroupType(
                    Type.Repetition.REPEATED, "key_value", type("key", map.key()), type("value", map.value()));
            return Types.buildGroup(repetition(value))
                    .as(LogicalTypeAnnotation.mapType())
                    .addField(repeated)
                    .named(name);
        }
        return primitive(name, repetition(value), shape);
    }

    private static Type primitive(String name, Type.Repetition repetition, Shape shape) {
        if (shape instanceof Plain plain) {
            return plain(name, repetition, plain);
        }
        if (shape instanceof Whole whole) {
            return whole(name, repetition, whole);
        }
        if (shape instanceof Shape.Decimal decimal) {
            return decimal(name, repetition, decimal);
        }
        if (shape instanceof Shape.Fixed fixed) {
            return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                    .length(fixed.length())
                    .named(name);
        }
        if (shape instanceof Shape.Time time) {
            PrimitiveTypeName holder =
                    time.unit() == TimeUnit.MILLIS ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64;
            return Types.primitive(holder, repetition)
                    .as(LogicalTypeAnnotation.timeType(false, unit(time.unit())))
                    .named(name);
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            boolean instant = timestamp.zone() == Zone.INSTANT;
            return Types.primitive(PrimitiveTypeName.INT64, repetition)
                    .as(LogicalTypeAnnotation.timestampType(instant, unit(timestamp.unit())))
                    .named(name);
        }
        if (shape instanceof Shape.Symbols) {
            return Types.primitive(PrimitiveTypeName.BINARY, repetition)
                    .as(LogicalTypeAnnotation.enumType())
                    .named(name);
        }
        throw new IllegalStateException("our bug: a shape that does not fit into Parquet: " + shape);
    }

    private static LogicalTypeAnnotation.TimeUnit unit(TimeUnit unit) {
        return LogicalTypeAnnotation.TimeUnit.valueOf(unit.name());
    }

    private static Type plain(String name, Type.Repetition repetition, Plain plain) {
        return switch (plain) {
            case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition)
                    .named(name);
            case FLOAT -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
            case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
            case BYTES -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
            case STRING -> Types.primitive(PrimitiveTypeName.BINARY, repetition)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name);
            case JSON -> Types.primitive(PrimitiveTypeName.BINARY, repetition)
                    .as(LogicalTypeAnnotation.jsonType())
                    .named(name);
            case DATE -> Types.primitive(PrimitiveTypeName.INT32, repetition)
                    .as(LogicalTypeAnnotation.dateType())
                    .named(name);
            case UUID -> Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                    .length(UUID_BYTES)
                    .as(LogicalTypeAnnotation.uuidType())
                    .named(name);
            case DURATION -> Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                    .length(INTERVAL_BYTES)
                    .as(LogicalTypeAnnotation.IntervalLogicalTypeAnnotation.getInstance())
                    .named(name);
        };
    }

    /** A signed number of 32 or 64 bits is what it is without an annotation. */
    private static Type whole(String name, Type.Repetition repetition, Whole whole) {
        PrimitiveTypeName holder = whole.bits() == LONG_BITS ? PrimitiveTypeName.INT64 : PrimitiveTypeName.INT32;
        if (whole.equals(Whole.INT) || whole.equals(Whole.LONG)) {
            return Types.primitive(holder, repetition).named(name);
        }
        return Types.primitive(holder, repetition)
                .as(LogicalTypeAnnotation.intType(whole.bits(), whole.sign() == Sign.SIGNED))
                .named(name);
    }

    private static Type decimal(String name, Type.Repetition repetition, Shape.Decimal decimal) {
        LogicalTypeAnnotation annotation = LogicalTypeAnnotation.decimalType(decimal.scale(), decimal.precision());
        if (decimal.precision() <= DIGITS_OF_LONG) {
            PrimitiveTypeName holder =
                    decimal.precision() <= DIGITS_OF_INT ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64;
            return Types.primitive(holder, repetition).as(annotation).named(name);
        }
        // As many bytes as its largest number and a sign take.
        int bits =
                BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE).bitLength();
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(bits / Byte.SIZE + 1)
                .as(annotation)
                .named(name);
    }
}
