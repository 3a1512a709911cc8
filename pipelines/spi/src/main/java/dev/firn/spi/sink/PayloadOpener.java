package dev.firn.spi.sink;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens what quarantine keeps encrypted, with the keys of the file; whoever meets nothing that is encrypted needs none. */
public final class PayloadOpener {

    private final QuarantinePayload payload;
    private final ReferenceResolver references;
    private final Map<Text, PayloadKey> keys = new LinkedHashMap<>();

    public PayloadOpener(QuarantinePayload payload, ReferenceResolver references) {
        this.payload = payload;
        this.references = references;
    }

    /**
     * The row with its record as it came; one that is not encrypted as it is.
     *
     * @throws UnopenedPayload if it was changed since it was encrypted
     * @throws OutsideException if it is encrypted with a key that the file does not name
     */
    public QuarantinedRow opened(QuarantinedRow row) {
        Optional<String> with = row.encryptedWith();
        return with.isEmpty() ? row : row.with(requireKey(with.get()).opened(row.record()));
    }

    /**
     * The one of the file's keys that records are encrypted with; those before it in the file have to be keys, too.
     *
     * @param fingerprint of the key that they are encrypted with
     * @throws OutsideException if it is none of them, or there is none
     */
    public PayloadKey requireKey(String fingerprint) {
        String encrypted = "records are encrypted with the key of fingerprint `" + fingerprint + "`, and ";
        if (payload.keys().isEmpty()) {
            throw new OutsideException(encrypted
                    + "the file has none: say `payload: encrypted` with that `key` in `quarantine`, or `old-keys`");
        }
        List<String> others = new ArrayList<>();
        for (Map.Entry<Text, String> one : payload.keys().entrySet()) {
            PayloadKey key = key(one.getKey(), one.getValue());
            if (key.fingerprint().equals(fingerprint)) {
                return key;
            }
            others.add("`" + one.getKey().raw() + "` is the key of fingerprint `" + key.fingerprint() + "`");
        }
        throw new OutsideException(
                encrypted + String.join(", ", others) + ": add the secret of then to `old-keys` of `quarantine`");
    }

    private PayloadKey key(Text reference, String option) {
        PayloadKey known = keys.get(reference);
        if (known == null) {
            known = PayloadKey.of(reference, option, references);
            keys.put(reference, known);
        }
        return known;
    }
}
