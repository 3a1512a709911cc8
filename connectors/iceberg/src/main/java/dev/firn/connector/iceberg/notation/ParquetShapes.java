package dev.firn.connector.iceberg.notation;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.TypeName;
import dev.firn.spi.notation.Value;
import dev.firn.spi.schema.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Parquet's own schema as one of no notation; lists as any writer has ever written them, by the rules of Parquet's format. */
final class ParquetShapes {

    private final ParquetScalars scalars;

    ParquetShapes(Losses losses) {
        this.scalars = new ParquetScalars(losses);
    }

    PortableSchema schema(MessageType message) throws NotReadable {
        return new PortableSchema(new Shape.Struct(TypeName.of(message.getName()), fields("", message)));
    }

    private List<Field> fields(String path, GroupType group) throws NotReadable {
        List<Field> fields = new ArrayList<>();
        for (Type type : group.getFields()) {
            String place = Fitting.child(path, type.getName());
            // Without a list around it, a repeated field is a list itself.
            Value value = type.isRepetition(Type.Repetition.REPEATED)
                    ? Value.required(new Shape.ListOf(Value.required(shape(place + "[]", type))))
                    : Value.of(shape(place, type), nullability(type));
            fields.add(Field.column(type.getName(), withId(value, type), Optional.empty()));
        }
        return fields;
    }

    private static Value withId(Value value, Type type) {
        OptionalInt id = type.getId() == null
                ? OptionalInt.empty()
                : OptionalInt.of(type.getId().intValue());
        return new Value(value.shape(), value.nullability(), id);
    }

    private static Nullability nullability(Type type) {
        return type.isRepetition(Type.Repetition.OPTIONAL) ? Nullability.OPTIONAL : Nullability.REQUIRED;
    }

    private Value value(String path, Type type) throws NotReadable {
        return withId(Value.of(shape(path, type), nullability(type)), type);
    }

    private Shape shape(String path, Type type) throws NotReadable {
        if (type.isPrimitive()) {
            return scalars.shape(path, type.asPrimitiveType());
        }
        GroupType group = type.asGroupType();
        LogicalTypeAnnotation annotation = group.getLogicalTypeAnnotation();
        if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            return new Shape.ListOf(item(path, group));
        }
        if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation
                || annotation instanceof LogicalTypeAnnotation.MapKeyValueTypeAnnotation) {
            return map(path, group);
        }
        return new Shape.Struct(TypeName.NONE, fields(path, group));
    }

    private Value item(String path, GroupType list) throws NotReadable {
        Type repeated = only(path, list, "list");
        boolean isItem = repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() != 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(list.getName() + "_tuple");
        return isItem
                ? withId(Value.required(shape(path + "[]", repeated)), repeated)
                : value(path + "[]", repeated.asGroupType().getType(0));
    }

    private Shape map(String path, GroupType map) throws NotReadable {
        Type repeated = only(path, map, "map");
        if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() != 2) {
            throw new NotReadable("`" + path + "` is a map whose entries are not a key and a value");
        }
        GroupType entry = repeated.asGroupType();
        Type key = entry.getType(0);
        return new Shape.MapOf(
                withId(Value.required(shape(path + "{key}", key)), key), value(path + "{}", entry.getType(1)));
    }

    private static Type only(String path, GroupType group, String what) throws NotReadable {
        if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(Type.Repetition.REPEATED)) {
            throw new NotReadable("`" + path + "` is a " + what + " without one repeated field in it");
        }
        return group.getType(0);
    }
}
