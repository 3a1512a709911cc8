package dev.firn.spi.sink;

import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.QuarantineOptions.Payload;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the file says of the bytes of quarantined records. It goes into plans and job graphs.
 *
 * @param reference to the key, never that itself; null where nothing is encrypted
 */
public record QuarantinePayload(Payload payload, @Nullable Text reference) implements Serializable {

    public static final QuarantinePayload RAW = new QuarantinePayload(Payload.RAW, null);

    public static QuarantinePayload of(QuarantineOptions options) {
        return new QuarantinePayload(options.payload(), options.key().orElse(null));
    }

    /** What writers keep, in the process that writes. */
    public KeptBytes kept(ReferenceResolver references) {
        return switch (payload) {
            case RAW -> KeptBytes.RAW;
            case NONE -> KeptBytes.NONE;
            case ENCRYPTED -> PayloadKey.of(key().orElseThrow(), references);
        };
    }

    public Optional<Text> key() {
        return Optional.ofNullable(reference);
    }
}
