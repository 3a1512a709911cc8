package dev.firn.spi.sink;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.source.OutsideException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens what quarantine keeps encrypted, with the key of the file; whoever meets nothing that is encrypted needs none. */
public final class PayloadOpener {

    private final QuarantinePayload payload;
    private final ReferenceResolver references;
    private @Nullable PayloadKey key;

    public PayloadOpener(QuarantinePayload payload, ReferenceResolver references) {
        this.payload = payload;
        this.references = references;
    }

    /**
     * The row with its record as it came; one that is not encrypted as it is.
     *
     * @throws UnopenedPayload if it was changed since it was encrypted
     * @throws OutsideException if it is encrypted with another key than the file's, or that has none
     */
    public QuarantinedRow opened(QuarantinedRow row) {
        Optional<String> with = row.encryptedWith();
        return with.isEmpty() ? row : row.with(requireKey(with.get()).opened(row.record()));
    }

    /**
     * The file's key, if it is the one that records are encrypted with.
     *
     * @param fingerprint of the key that they are encrypted with
     * @throws OutsideException if it is another, or there is none
     */
    public PayloadKey requireKey(String fingerprint) {
        String encrypted = "records are encrypted with the key of fingerprint `" + fingerprint + "`, and ";
        if (payload.key().isEmpty()) {
            throw new OutsideException(
                    encrypted + "the file has none: say `payload: encrypted` with that `key` in `quarantine`");
        }
        PayloadKey opened = key;
        if (opened == null) {
            opened = PayloadKey.of(payload.key().get(), references);
            key = opened;
        }
        if (!opened.fingerprint().equals(fingerprint)) {
            throw new OutsideException(
                    encrypted + "`" + payload.key().get().raw() + "` is the key of fingerprint `" + opened.fingerprint()
                            + "`: give `key` the secret of then, put them back, and give it the new one again");
        }
        return opened;
    }
}
