package dev.firn.schema.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * A message as an Avro schema, whose columns are then the message's.
 *
 * <p>A field may be null unless Protobuf itself requires it: producers may remove a field whenever they like, and readers of
 * Protobuf take that for its default.
 */
final class ProtobufSchemas {

    /** Digits of the largest number of 64 bits without a sign. */
    static final int DIGITS_OF_UNSIGNED_LONG = 20;

    private final Map<String, Schema> named = new HashMap<>();

    private ProtobufSchemas() {}

    static Schema of(Descriptor message) {
        return new ProtobufSchemas().record(message);
    }

    private Schema record(Descriptor message) {
        Schema known = named.get(message.getFullName());
        if (known != null) {
            return known;
        }
        Schema record = Schema.createRecord(message.getFullName(), null, null, false);
        // Before its fields are made: one of them may be of the same type.
        named.put(message.getFullName(), record);
        List<Schema.Field> fields = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            fields.add(new Schema.Field(field.getName(), field(field)));
        }
        record.setFields(fields);
        return record;
    }

    private Schema field(FieldDescriptor field) {
        if (field.isMapField()) {
            return optional(Schema.createMap(present(ProtobufValues.mapValue(field))));
        }
        if (field.isRepeated()) {
            return optional(Schema.createArray(present(field)));
        }
        return field.isRequired() ? present(field) : optional(present(field));
    }

    private static Schema optional(Schema schema) {
        return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
    }

    private Schema present(FieldDescriptor field) {
        return switch (field.getType()) {
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case FLOAT -> Schema.create(Schema.Type.FLOAT);
            case INT32, SINT32, SFIXED32 -> Schema.create(Schema.Type.INT);
            case UINT32, FIXED32, INT64, SINT64, SFIXED64 -> Schema.create(Schema.Type.LONG);
            case UINT64, FIXED64 -> LogicalTypes.decimal(DIGITS_OF_UNSIGNED_LONG)
                    .addToSchema(Schema.create(Schema.Type.BYTES));
            case BOOL -> Schema.create(Schema.Type.BOOLEAN);
            case STRING -> Schema.create(Schema.Type.STRING);
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case ENUM -> named.computeIfAbsent(field.getEnumType().getFullName(), name -> symbols(field.getEnumType()));
            case MESSAGE, GROUP -> message(field.getMessageType());
        };
    }

    private Schema message(Descriptor message) {
        return switch (WellKnown.of(message)) {
            case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case WRAPPER -> present(WellKnown.wrapped(message));
            case JSON -> Schema.create(Schema.Type.STRING);
            case NONE -> record(message);
        };
    }

    /** Two names of one number are two symbols, of which values have the first. */
    static Schema symbols(EnumDescriptor type) {
        Set<String> symbols = new LinkedHashSet<>();
        for (EnumValueDescriptor value : type.getValues()) {
            symbols.add(value.getName());
        }
        return Schema.createEnum(type.getFullName(), null, null, List.copyOf(symbols));
    }
}
