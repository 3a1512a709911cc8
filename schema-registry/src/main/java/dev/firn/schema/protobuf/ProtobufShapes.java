package dev.firn.schema.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import dev.firn.spi.notation.Field;
import dev.firn.spi.notation.Fitting;
import dev.firn.spi.notation.Losses;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.Shape.Plain;
import dev.firn.spi.notation.Shape.Sign;
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
import java.util.stream.Collectors;

/** The first message of a {@code .proto} text as a schema of no notation; what may be null is as in {@link ProtobufSchemas}. */
public final class ProtobufShapes {

    private static final int MOST_FIELDS = 10_000;
    private static final Whole UNSIGNED_INT = new Whole(32, Sign.UNSIGNED);
    private static final Whole UNSIGNED_LONG = new Whole(64, Sign.UNSIGNED);

    private final Losses losses;
    private final Set<String> open = new HashSet<>();
    private int fields;

    private ProtobufShapes(Losses losses) {
        this.losses = losses;
    }

    public static ReadSchema of(String definition) throws NotReadable {
        ProtobufFile file;
        try {
            file = ProtobufFile.parse(definition);
        } catch (NotProtobuf e) {
            throw new NotReadable("it is no Protobuf: " + e.getMessage());
        }
        Descriptor first = file.first().orElseThrow(() -> new NotReadable("it has no message"));
        Losses losses = new Losses("a schema of columns");
        losses.lose("", "that its fields have numbers");
        Shape record = new ProtobufShapes(losses).record("", first);
        return new ReadSchema(new PortableSchema((Shape.Struct) record), losses.all());
    }

    private Shape record(String path, Descriptor message) throws NotReadable {
        if (!open.add(message.getFullName())) {
            return new Shape.Again(message.getFullName());
        }
        fields += message.getFields().size();
        if (fields > MOST_FIELDS) {
            throw new NotReadable("it has more than " + MOST_FIELDS + " fields up to `" + path + "`; split it");
        }
        List<Field> made = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            made.add(field(Fitting.child(path, field.getName()), field));
        }
        for (OneofDescriptor choice : message.getRealOneofs()) {
            losses.lose(
                    path,
                    "that at most one is there of "
                            + choice.getFields().stream()
                                    .map(FieldDescriptor::getName)
                                    .collect(Collectors.joining("`, `", "`", "`")));
        }
        open.remove(message.getFullName());
        return new Shape.Struct(TypeName.of(message.getFullName()), made);
    }

    private Field field(String path, FieldDescriptor field) throws NotReadable {
        Nullability nullability = field.isRequired() ? Nullability.REQUIRED : Nullability.OPTIONAL;
        if (field.hasDefaultValue()) {
            losses.lose(path, "the default `" + field.getDefaultValue() + "`");
        }
        return Field.column(field.getName(), Value.of(shape(path, field), nullability), Optional.empty());
    }

    private Shape shape(String path, FieldDescriptor field) throws NotReadable {
        if (field.isMapField()) {
            FieldDescriptor key = field.getMessageType().getFields().get(0);
            return new Shape.MapOf(
                    Value.required(present(path + "{key}", key)),
                    Value.required(present(path + "{}", ProtobufValues.mapValue(field))));
        }
        return field.isRepeated()
                ? new Shape.ListOf(Value.required(present(path + "[]", field)))
                : present(path, field);
    }

    private Shape present(String path, FieldDescriptor field) throws NotReadable {
        return switch (field.getType()) {
            case DOUBLE -> Plain.DOUBLE;
            case FLOAT -> Plain.FLOAT;
            case INT32, SINT32, SFIXED32 -> Whole.INT;
            case INT64, SINT64, SFIXED64 -> Whole.LONG;
            case UINT32, FIXED32 -> UNSIGNED_INT;
            case UINT64, FIXED64 -> UNSIGNED_LONG;
            case BOOL -> Plain.BOOLEAN;
            case STRING -> Plain.STRING;
            case BYTES -> Plain.BYTES;
            case ENUM -> new Shape.Symbols(
                    TypeName.of(field.getEnumType().getFullName()),
                    ProtobufSchemas.symbols(field.getEnumType()).getEnumSymbols(),
                    Optional.empty());
            case MESSAGE, GROUP -> message(path, field.getMessageType());
        };
    }

    private Shape message(String path, Descriptor message) throws NotReadable {
        return switch (WellKnown.of(message)) {
            case TIMESTAMP -> new Shape.Timestamp(TimeUnit.NANOS, Zone.INSTANT);
            case WRAPPER -> present(path, WellKnown.wrapped(message));
            case JSON -> Plain.JSON;
            case NONE -> record(path, message);
        };
    }
}
