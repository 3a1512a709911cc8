package dev.firn.schema.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Set;

/** Messages of Protobuf's own that stand for a value. */
enum WellKnown {
    /** Seconds and nanoseconds since 1970. */
    TIMESTAMP,
    /** A value that may be missing. */
    WRAPPER,
    /** Any JSON. */
    JSON,
    /** A message like others. */
    NONE;

    private static final String PACKAGE = "google.protobuf.";

    private static final Set<String> WRAPPERS = Set.of(
            "DoubleValue",
            "FloatValue",
            "Int64Value",
            "UInt64Value",
            "Int32Value",
            "UInt32Value",
            "BoolValue",
            "StringValue",
            "BytesValue");

    static WellKnown of(Descriptor message) {
        String name = message.getFullName();
        if (!name.startsWith(PACKAGE)) {
            return NONE;
        }
        String own = name.substring(PACKAGE.length());
        return switch (own) {
            case "Timestamp" -> TIMESTAMP;
            case "Struct", "Value", "ListValue" -> JSON;
            default -> WRAPPERS.contains(own) ? WRAPPER : NONE;
        };
    }

    /** The field of a wrapper. */
    static FieldDescriptor wrapped(Descriptor wrapper) {
        return wrapper.getFields().get(0);
    }
}
