package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Whole;
import dev.firn.spi.notation.Shape.Zone;
import dev.firn.spi.notation.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A schema that fits as Iceberg's own; places without an id get the next ones, level by level. */
final class IcebergSchemas {

    private final Set<Integer> taken = new HashSet<>();
    private int last;

    private IcebergSchemas() {}

    static Schema of(PortableSchema fitted) {
        IcebergSchemas ids = new IcebergSchemas();
        fitted.fields().forEach(field -> ids.take(field.value()));
        return new Schema(ids.fields(fitted.fields()));
    }

    private void take(Value value) {
        value.id().ifPresent(taken::add);
        if (value.shape() instanceof Shape.Struct struct) {
            struct.fields().forEach(field -> take(field.value()));
        } else if (value.shape() instanceof Shape.ListOf list) {
            take(list.item());
        } else if (value.shape() instanceof Shape.MapOf map) {
            take(map.key());
            take(map.value());
        }
    }

    private int id(OptionalInt known) {
        if (known.isPresent()) {
            return known.getAsInt();
        }
        do {
            last++;
        } while (taken.contains(last));
        return last;
    }

    private List<Types.NestedField> fields(List<Field> fields) {
        List<Integer> ids = fields.stream().map(field -> id(field.value().id())).toList();
        List<Types.NestedField> made = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            String doc = field.remarks().doc().orElse(null);
            Type type = type(field.shape());
            made.add(
                    field.isOptional()
                            ? Types.NestedField.optional(ids.get(i), field.name(), type, doc)
                            : Types.NestedField.required(ids.get(i), field.name(), type, doc));
        }
        return made;
    }

    private Type type(Shape shape) {
        if (shape instanceof Plain plain) {
            return plain(plain);
        }
        if (shape instanceof Whole whole) {
            return whole.equals(Whole.INT) ? Types.IntegerType.get() : Types.LongType.get();
        }
        if (shape instanceof Shape.Decimal decimal) {
            return Types.DecimalType.of(decimal.precision(), decimal.scale());
        }
        if (shape instanceof Shape.Fixed fixed) {
            return Types.FixedType.ofLength(fixed.length());
        }
        if (shape instanceof Shape.Time) {
            return Types.TimeType.get();
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            return timestamp.zone() == Zone.INSTANT
                    ? Types.TimestampType.withZone()
                    : Types.TimestampType.withoutZone();
        }
        if (shape instanceof Shape.Struct struct) {
            return Types.StructType.of(fields(struct.fields()));
        }
        if (shape instanceof Shape.ListOf list) {
            int item = id(list.item().id());
            Type type = type(list.item().shape());
            return list.item().isOptional()
                    ? Types.ListType.ofOptional(item, type)
                    : Types.ListType.ofRequired(item, type);
        }
        if (shape instanceof Shape.MapOf map) {
            return map(map);
        }
        throw new IllegalStateException("our bug: a shape that does not fit into Iceberg: " + shape);
    }

    private Type map(Shape.MapOf map) {
        int key = id(map.key().id());
        int value = id(map.value().id());
        Type keys = type(map.key().shape());
        Type values = type(map.value().shape());
        return map.value().isOptional()
                ? Types.MapType.ofOptional(key, value, keys, values)
                : Types.MapType.ofRequired(key, value, keys, values);
    }

    private static Type plain(Plain plain) {
        return switch (plain) {
            case BOOLEAN -> Types.BooleanType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case STRING -> Types.StringType.get();
            case BYTES -> Types.BinaryType.get();
            case DATE -> Types.DateType.get();
            case UUID -> Types.UUIDType.get();
            case DURATION, JSON -> throw new IllegalStateException("our bug: " + plain + " does not fit into Iceberg");
        };
    }
}
