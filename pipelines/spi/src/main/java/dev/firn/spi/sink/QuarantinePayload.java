package dev.firn.spi.sink;

import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.QuarantineOptions.Payload;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of the bytes of quarantined records. It goes into plans and job graphs.
 *
 * @param reference to the key, never that itself; null where nothing is encrypted
 * @param oldKeys references to those that some of what lies there is encrypted with
 */
public record QuarantinePayload(Payload payload, @Nullable Text reference, List<Text> oldKeys) implements Serializable {

    public static final QuarantinePayload RAW = new QuarantinePayload(Payload.RAW, null);

    public QuarantinePayload {
        oldKeys = List.copyOf(oldKeys);
    }

    public QuarantinePayload(Payload payload, @Nullable Text reference) {
        this(payload, reference, List.of());
    }

    public static QuarantinePayload of(QuarantineOptions options) {
        return new QuarantinePayload(options.payload(), options.key().orElse(null), options.oldKeys());
    }

    /** What writers keep, in the process that writes. */
    public KeptBytes kept(ReferenceResolver references) {
        return switch (payload) {
            case RAW -> KeptBytes.RAW;
            case NONE -> KeptBytes.NONE;
            case ENCRYPTED -> PayloadKey.of(key().orElseThrow(), "key", references);
        };
    }

    public Optional<Text> key() {
        return Optional.ofNullable(reference);
    }

    /** The references to all keys, with the option that each stands in, the one of today first. */
    Map<Text, String> keys() {
        Map<Text, String> keys = new LinkedHashMap<>();
        key().ifPresent(today -> keys.put(today, "key"));
        oldKeys.forEach(old -> keys.putIfAbsent(old, "old-keys"));
        return keys;
    }
}
