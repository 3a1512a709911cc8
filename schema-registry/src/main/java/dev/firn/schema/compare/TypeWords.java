package dev.firn.schema.compare;

import dev.firn.schema.avro.AvroKind;
import dev.firn.schema.avro.Unions;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** An Avro type in a few words: {@code timestamp-micros}, {@code list of record Line}. */
public final class TypeWords {

    private TypeWords() {}

    /** Without what an optional type says of null, which is its place's affair. */
    public static String of(Schema schema) {
        Schema present = Unions.withoutNull(schema);
        AvroKind kind = AvroKind.of(present);
        return switch (kind) {
            case DECIMAL -> "decimal(" + AvroKind.precision(present) + ", " + AvroKind.scale(present) + ")";
            case FIXED -> "fixed(" + present.getFixedSize() + ")";
            case ENUM, RECORD -> kind.name().toLowerCase(Locale.ROOT) + " " + present.getName();
            case ARRAY -> "array of " + of(present.getElementType());
            case MAP -> "map of " + of(present.getValueType());
            case UNION -> Unions.branches(present).stream().map(TypeWords::of).collect(Collectors.joining(" or "));
            case UUID_TEXT, UUID_BYTES -> "uuid";
            default -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }
}
