package dev.firn.schema.infer;

import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Sign;
import dev.firn.spi.notation.Shape.Zone;
import java.util.Locale;
import java.util.stream.Collectors;

/** Types in a few words, those of Avro where it has one. */
public final class TypeWords {

    private TypeWords() {}

    public static String of(Shape shape) {
        if (shape instanceof Shape.Plain plain) {
            return plain.name().toLowerCase(Locale.ROOT);
        }
        if (shape instanceof Shape.Whole whole) {
            return whole(whole);
        }
        if (shape instanceof Shape.Decimal decimal) {
            return "decimal(" + decimal.precision() + ", " + decimal.scale() + ")";
        }
        if (shape instanceof Shape.Time time) {
            return "time-" + time.unit().word();
        }
        if (shape instanceof Shape.Timestamp timestamp) {
            return (timestamp.zone() == Zone.LOCAL ? "local-timestamp-" : "timestamp-")
                    + timestamp.unit().word();
        }
        if (shape instanceof Shape.ListOf) {
            return "array";
        }
        if (shape instanceof Shape.MapOf) {
            return "map";
        }
        if (shape instanceof Shape.OneOf choice) {
            return choice.branches().stream()
                    .map(Field::shape)
                    .map(TypeWords::of)
                    .collect(Collectors.joining(" or "));
        }
        if (shape instanceof Shape.Fixed fixed) {
            return "fixed(" + fixed.length() + ")";
        }
        return shape instanceof Shape.Symbols ? "enum" : "record";
    }

    private static String whole(Shape.Whole whole) {
        return whole.equals(Shape.Whole.INT)
                ? "int"
                : whole.equals(Shape.Whole.LONG)
                        ? "long"
                        : (whole.sign() == Sign.UNSIGNED ? "uint" : "int") + whole.bits();
    }

    /** What the column of a branch is called: by Avro's type, for a choice has one of each at most. */
    static String branch(Shape shape) {
        return shape instanceof Shape.Decimal ? "bytes" : of(shape);
    }
}
