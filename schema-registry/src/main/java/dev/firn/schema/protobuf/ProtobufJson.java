package dev.firn.schema.protobuf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;

/** The messages of Protobuf that stand for JSON, {@code Struct}, {@code Value} and {@code ListValue}, as the text of it. */
final class ProtobufJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long MOST_EXACT = 1L << 53;

    private ProtobufJson() {}

    static String text(String path, Message message) throws Rejected {
        try {
            return JSON.writeValueAsString(node(path, message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our bug: a tree of JSON can't be written", e);
        }
    }

    private static JsonNode node(String path, Message message) throws Rejected {
        return switch (message.getDescriptorForType().getName()) {
            case "Struct" -> object(path, message);
            case "ListValue" -> array(path, message);
            default -> value(path, message);
        };
    }

    private static ObjectNode object(String path, Message struct) throws Rejected {
        FieldDescriptor fields = struct.getDescriptorForType().findFieldByNumber(1);
        FieldDescriptor key = fields.getMessageType().findFieldByNumber(1);
        ObjectNode object = NODES.objectNode();
        for (int i = 0; i < struct.getRepeatedFieldCount(fields); i++) {
            Message entry = (Message) struct.getRepeatedField(fields, i);
            object.set((String) entry.getField(key), value(path, (Message)
                    entry.getField(ProtobufValues.mapValue(fields))));
        }
        return object;
    }

    private static ArrayNode array(String path, Message list) throws Rejected {
        FieldDescriptor items = list.getDescriptorForType().findFieldByNumber(1);
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < list.getRepeatedFieldCount(items); i++) {
            array.add(value(path, (Message) list.getRepeatedField(items, i)));
        }
        return array;
    }

    private static JsonNode value(String path, Message value) throws Rejected {
        OneofDescriptor kind = value.getDescriptorForType().getOneofs().get(0);
        FieldDescriptor set = value.getOneofFieldDescriptor(kind);
        if (set == null) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE, "`" + path + "` has a `google.protobuf.Value` with nothing in it");
        }
        Object content = value.getField(set);
        return switch (set.getType()) {
            case ENUM -> NODES.nullNode();
            case DOUBLE -> number(path, (Double) content);
            case STRING -> NODES.textNode((String) content);
            case BOOL -> NODES.booleanNode((Boolean) content);
            default -> node(path, (Message) content);
        };
    }

    private static JsonNode number(String path, double number) throws Rejected {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new Rejected(
                    RejectCode.INVALID_VALUE,
                    "`" + path + "` has the number `" + number + "`, which JSON has none for");
        }
        // 1, not 1.0: what was an integer is one again.
        return number == Math.rint(number) && Math.abs(number) <= MOST_EXACT
                ? NODES.numberNode((long) number)
                : DoubleNode.valueOf(number);
    }
}
