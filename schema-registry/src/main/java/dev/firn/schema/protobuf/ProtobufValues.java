package dev.firn.schema.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.avro.Nanoseconds;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;

/** Writes messages as {@link ProtobufSchemas} says that they are in Avro; compiled once for each type of message. */
final class ProtobufValues {

    private static final int NULL = 0;
    private static final int PRESENT = 1;

    private final Nanoseconds nanoseconds;
    private final Map<String, MessageWriter> messages = new HashMap<>();

    /** Writes a value that is there. */
    private interface Writer {
        void write(Object value, Encoder out) throws IOException, Rejected;
    }

    private ProtobufValues(Nanoseconds nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    /** Writes whole messages of one type. */
    interface OfMessage {

        /**
         * @throws Rejected if it holds what its schema does not name, or what a table can't keep
         * @throws IOException if the encoder does
         */
        void write(Message message, Encoder out) throws IOException, Rejected;
    }

    static OfMessage of(Descriptor message, AvroRules rules) {
        return new ProtobufValues(rules.nanoseconds()).message(message);
    }

    static FieldDescriptor mapValue(FieldDescriptor map) {
        return map.getMessageType().findFieldByNumber(2);
    }

    private MessageWriter message(Descriptor message) {
        MessageWriter known = messages.get(message.getFullName());
        if (known != null) {
            return known;
        }
        List<FieldDescriptor> fields = message.getFields();
        MessageWriter writer = new MessageWriter(message, fields, new FieldWriter[fields.size()]);
        // Before its fields are made: one of them may be of the same type.
        messages.put(message.getFullName(), writer);
        for (int i = 0; i < fields.size(); i++) {
            writer.writers()[i] = field(fields.get(i));
        }
        return writer;
    }

    /** Writes a field of a message, there or not. */
    private interface FieldWriter {
        void write(Message message, Encoder out) throws IOException, Rejected;
    }

    private FieldWriter field(FieldDescriptor field) {
        if (field.isMapField()) {
            FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
            FieldDescriptor value = mapValue(field);
            return map(field, key, value, present(value, field.getFullName()));
        }
        Writer present = present(field, field.getFullName());
        if (field.isRepeated()) {
            return list(field, present);
        }
        if (field.isRequired()) {
            return (message, out) -> present.write(message.getField(field), out);
        }
        boolean mayBeAbsent = field.hasPresence();
        return (message, out) -> {
            if (mayBeAbsent && !message.hasField(field)) {
                out.writeIndex(NULL);
            } else {
                out.writeIndex(PRESENT);
                present.write(message.getField(field), out);
            }
        };
    }

    private static FieldWriter list(FieldDescriptor field, Writer item) {
        return (message, out) -> {
            int count = message.getRepeatedFieldCount(field);
            out.writeIndex(PRESENT);
            out.writeArrayStart();
            out.setItemCount(count);
            for (int i = 0; i < count; i++) {
                out.startItem();
                item.write(message.getRepeatedField(field, i), out);
            }
            out.writeArrayEnd();
        };
    }

    private static FieldWriter map(FieldDescriptor field, FieldDescriptor key, FieldDescriptor value, Writer present) {
        return (message, out) -> {
            // On the wire a key may stand twice, and the last one counts.
            Map<String, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                Message entry = (Message) message.getRepeatedField(field, i);
                entries.put(keyText(key, entry.getField(key)), entry.getField(value));
            }
            out.writeIndex(PRESENT);
            out.writeMapStart();
            out.setItemCount(entries.size());
            for (Map.Entry<String, Object> entry : entries.entrySet()) {
                out.startItem();
                out.writeString(entry.getKey());
                present.write(entry.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    private static String keyText(FieldDescriptor key, Object value) {
        return switch (key.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
            default -> value.toString();
        };
    }

    /** @param path how complaints name the place, whichever messages it is in */
    private Writer present(FieldDescriptor field, String path) {
        return switch (field.getType()) {
            case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
            case FLOAT -> (value, out) -> out.writeFloat((Float) value);
            case INT32, SINT32, SFIXED32 -> (value, out) -> out.writeInt((Integer) value);
            case UINT32, FIXED32 -> (value, out) -> out.writeLong(Integer.toUnsignedLong((Integer) value));
            case INT64, SINT64, SFIXED64 -> (value, out) -> out.writeLong((Long) value);
            case UINT64, FIXED64 -> (value, out) ->
                    out.writeBytes(new BigInteger(Long.toUnsignedString((Long) value)).toByteArray());
            case BOOL -> (value, out) -> out.writeBoolean((Boolean) value);
            case STRING -> (value, out) -> out.writeString((String) value);
            case BYTES -> (value, out) -> out.writeBytes(((ByteString) value).asReadOnlyByteBuffer());
            case ENUM -> symbols(field.getEnumType(), path);
            case MESSAGE, GROUP -> nested(field.getMessageType(), path);
        };
    }

    private Writer nested(Descriptor message, String path) {
        return switch (WellKnown.of(message)) {
            case TIMESTAMP -> new TimestampWriter(path, message, nanoseconds)::write;
            case WRAPPER -> {
                FieldDescriptor wrapped = WellKnown.wrapped(message);
                Writer present = present(wrapped, path);
                yield (value, out) -> present.write(((Message) value).getField(wrapped), out);
            }
            case JSON -> (value, out) -> out.writeString(ProtobufJson.text(path, (Message) value));
            case NONE -> {
                MessageWriter writer = message(message);
                yield (value, out) -> writer.write((Message) value, out);
            }
        };
    }

    /** A number without a name is a producer's mistake, or its schema is not the one that it was written with. */
    private static Writer symbols(EnumDescriptor type, String path) {
        Schema symbols = ProtobufSchemas.symbols(type);
        return (value, out) -> {
            EnumValueDescriptor number = (EnumValueDescriptor) value;
            EnumValueDescriptor named = type.findValueByNumber(number.getNumber());
            if (named == null) {
                throw new Rejected(
                        RejectCode.INVALID_VALUE,
                        "`" + path + "` is `" + number.getNumber() + "`, which enum `" + type.getFullName()
                                + "` has no name for");
            }
            out.writeEnum(symbols.getEnumOrdinal(named.getName()));
        };
    }

    private record MessageWriter(Descriptor type, List<FieldDescriptor> fields, FieldWriter[] writers)
            implements OfMessage {

        @Override
        public void write(Message message, Encoder out) throws IOException, Rejected {
            refuseUnknownFields(message);
            for (FieldWriter writer : writers) {
                writer.write(message, out);
            }
        }

        /** They would be dropped in silence: no column is theirs. */
        private void refuseUnknownFields(Message message) throws Rejected {
            var unknown = message.getUnknownFields().asMap();
            if (!unknown.isEmpty()) {
                throw new Rejected(
                        RejectCode.INVALID_VALUE,
                        "message `" + type.getFullName() + "` has field number "
                                + unknown.keySet().iterator().next() + ", which the schema in its frame does not name");
            }
        }
    }
}
