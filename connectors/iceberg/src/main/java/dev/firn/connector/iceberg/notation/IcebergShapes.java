package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.TimeUnit;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.schema.Nullability;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Iceberg's own schema as one of no notation; nothing of its columns is lost. */
final class IcebergShapes {

    private IcebergShapes() {}

    static PortableSchema of(Schema schema) {
        return new PortableSchema(new Shape.Struct(TypeName.NONE, fields(schema.columns())));
    }

    private static List<Field> fields(List<Types.NestedField> fields) {
        return fields.stream()
                .map(field -> Field.column(
                        field.name(),
                        value(field.fieldId(), field.isOptional(), field.type()),
                        Optional.ofNullable(field.doc())))
                .toList();
    }

    private static Value value(int id, boolean optional, Type type) {
        return new Value(shape(type), optional ? Nullability.OPTIONAL : Nullability.REQUIRED, OptionalInt.of(id));
    }

    private static Shape shape(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> Plain.BOOLEAN;
            case INTEGER -> Whole.INT;
            case LONG -> Whole.LONG;
            case FLOAT -> Plain.FLOAT;
            case DOUBLE -> Plain.DOUBLE;
            case DATE -> Plain.DATE;
            case TIME -> new Shape.Time(TimeUnit.MICROS);
            case TIMESTAMP -> new Shape.Timestamp(
                    TimeUnit.MICROS, ((Types.TimestampType) type).shouldAdjustToUTC() ? Zone.INSTANT : Zone.LOCAL);
            case STRING -> Plain.STRING;
            case UUID -> Plain.UUID;
            case FIXED -> new Shape.Fixed(TypeName.NONE, ((Types.FixedType) type).length());
            case BINARY -> Plain.BYTES;
            case DECIMAL -> new Shape.Decimal(
                    ((Types.DecimalType) type).precision(), ((Types.DecimalType) type).scale());
            case STRUCT -> new Shape.Struct(
                    TypeName.NONE, fields(type.asStructType().fields()));
            case LIST -> list(type.asListType());
            case MAP -> map(type.asMapType());
        };
    }

    private static Shape list(Types.ListType list) {
        return new Shape.ListOf(value(list.elementId(), list.isElementOptional(), list.elementType()));
    }

    private static Shape map(Types.MapType map) {
        return new Shape.MapOf(
                value(map.keyId(), false, map.keyType()), value(map.valueId(), map.isValueOptional(), map.valueType()));
    }
}
