package dev.firn.schema.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.firn.schema.binding.Excerpt;
import dev.firn.spi.format.Rejected;
import java.util.UUID;

/** Readers of values without parts that are neither numbers nor times. */
final class Scalars {

    private static final int UUID_LENGTH = 36;

    private Scalars() {}

    static JsonValueReader booleans(String path) {
        return input -> switch (input.token()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw input.mismatch(path, JsonType.Scalar.BOOLEAN);
        };
    }

    static JsonValueReader texts(String path) {
        return input -> text(input, path, JsonType.Scalar.STRING.word());
    }

    /** In full form; the JDK's own parser takes {@code 1-1-1-1-1} as well. */
    static JsonValueReader uuids(String path) {
        return input -> {
            String text = text(input, path, JsonType.Scalar.UUID.word());
            try {
                if (text.length() == UUID_LENGTH) {
                    UUID uuid = UUID.fromString(text);
                    if (uuid.toString().equalsIgnoreCase(text)) {
                        return uuid;
                    }
                }
            } catch (IllegalArgumentException none) {
                // As said below.
            }
            throw JsonInput.invalid(path, "is `" + Excerpt.of(text) + "`, which is no uuid");
        };
    }

    /** As it was written, spaces too. */
    static JsonValueReader anything(String path) {
        return input -> input.written(path);
    }

    /** @param type what the schema calls it */
    static String text(JsonInput input, String path, String type) throws Rejected {
        if (input.token() != JsonToken.VALUE_STRING) {
            throw input.mismatch(path, type);
        }
        return input.text(path);
    }
}
