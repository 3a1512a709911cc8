package dev.firn.schema.registry;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of schemas that are read, in the registry's words. */
public enum SchemaType {
    AVRO,
    JSON,
    PROTOBUF;

    /** Empty where it is another. */
    static Optional<SchemaType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.name().equals(word)).findFirst();
    }

    /** All of them, for a sentence. */
    static String all() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
