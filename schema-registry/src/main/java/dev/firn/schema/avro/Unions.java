package dev.firn.schema.avro;

import dev.firn.spi.schema.Nullability;
import java.util.List;
import org.apache.avro.Schema;

/** How a union is read: {@code [null, T]} in either order is an optional T, any other is a choice. */
public final class Unions {

    private Unions() {}

    public static Nullability nullability(Schema schema) {
        return nullIndex(schema) >= 0 ? Nullability.OPTIONAL : Nullability.REQUIRED;
    }

    /** T for {@code [null, T]}, anything else as it is. */
    public static Schema withoutNull(Schema schema) {
        return isOptional(schema) ? branches(schema).get(0) : schema;
    }

    public static boolean isOptional(Schema schema) {
        return nullIndex(schema) >= 0 && branches(schema).size() == 1;
    }

    /** A union of several types. */
    public static boolean isChoice(Schema schema) {
        return schema.isUnion() && !isOptional(schema);
    }

    /** Where null stands in a union, or -1. */
    public static int nullIndex(Schema schema) {
        if (!schema.isUnion()) {
            return -1;
        }
        List<Schema> all = schema.getTypes();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).getType() == Schema.Type.NULL) {
                return i;
            }
        }
        return -1;
    }

    /** The branches that have values. */
    public static List<Schema> branches(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
    }

    /** The column of a branch: a named type's name without its namespace, or the type's word. */
    public static String columnOf(Schema branch) {
        return branch.getName();
    }
}
