package dev.firn.schema.testing;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Remarks;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Value;
import java.util.List;

/** Schemas as a table knows them, to compare what a notation of tables has kept. */
public final class PortableSchemas {

    private PortableSchemas() {}

    /** Every optional field without a default has null as one: in a table there is no other. */
    public static PortableSchema tabular(PortableSchema schema) {
        return new PortableSchema(new Shape.Struct(schema.name(), fields(schema.fields())));
    }

    private static List<Field> fields(List<Field> fields) {
        return fields.stream()
                .map(field -> new Field(field.name(), value(field.value()), remarks(field)))
                .toList();
    }

    private static Remarks remarks(Field field) {
        boolean unsaid = field.isOptional() && field.remarks().defaultValue().isEmpty();
        return unsaid ? field.remarks().withDefault(Remarks.NULL_UNLESS_SAID.defaultValue()) : field.remarks();
    }

    private static Value value(Value value) {
        return value.withShape(shape(value.shape()));
    }

    private static Shape shape(Shape shape) {
        if (shape instanceof Shape.Struct struct) {
            return new Shape.Struct(struct.name(), fields(struct.fields()));
        }
        if (shape instanceof Shape.ListOf list) {
            return new Shape.ListOf(value(list.item()));
        }
        if (shape instanceof Shape.OneOf choice) {
            return new Shape.OneOf(fields(choice.branches()));
        }
        return shape instanceof Shape.MapOf map ? new Shape.MapOf(value(map.key()), value(map.value())) : shape;
    }
}
