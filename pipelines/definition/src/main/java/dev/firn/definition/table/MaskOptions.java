package dev.firn.definition.table;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Option;
import dev.firn.definition.bind.Required;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.bind.Shorthand;
import dev.firn.definition.reference.Text;
import java.util.Optional;

/** One column of {@code mask:}. */
@Component(kind = "table", name = "mask", summary = "How a column is hidden, last of all and on every way out.")
@Shorthand("as")
public record MaskOptions(
        @Required
                @Doc(
                        "What is written in the place of the value: `sha256` its hash, `hmac` a hash that needs the secret to be made"
                                + " again, `last4` its last four characters, `redact` the same text for all, `nullify` nothing, `truncate-date`"
                                + " the first day of its month, `encrypt` the value behind the secret.")
                @Example("sha256")
                Mask as,
        @Secret @Doc("The salt of `sha256`, or the key of `hmac` and `encrypt`.") @Example("${secret:mask}")
                Optional<Text> secret) {

    /** The ways to hide a value. */
    public enum Mask {
        SHA256,
        HMAC,
        LAST4,
        REDACT,
        NULLIFY,
        TRUNCATE_DATE,
        ENCRYPT;

        boolean needsSecret() {
            return this == HMAC || this == ENCRYPT;
        }
    }

    public MaskOptions {
        if (as.needsSecret() && secret.isEmpty()) {
            throw new IllegalArgumentException("`" + Option.word(as) + "` needs a secret, `{as: " + Option.word(as)
                    + ", secret: \"${secret:mask}\"}`, for example");
        }
    }
}
