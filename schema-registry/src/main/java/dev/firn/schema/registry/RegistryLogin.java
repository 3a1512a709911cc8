package dev.firn.schema.registry;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.source.OutsideException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** As whom a registry is asked. */
public sealed interface RegistryLogin extends Serializable {

    /** What stands in the url, if anything does. */
    record OfTheUrl() implements RegistryLogin {}

    record Basic(Text username, Text password) implements RegistryLogin {}

    record Bearer(Text token) implements RegistryLogin {}

    /**
     * The {@code Authorization} header; empty where the url decides.
     *
     * @throws OutsideException if no header can say it; what does not fit is never shown
     */
    default Optional<String> header(ReferenceResolver references) {
        if (this instanceof Basic basic) {
            String user = basic.username().resolve(references);
            String password = basic.password().resolve(references);
            if (Stream.of(user, password).anyMatch(text -> text.chars().anyMatch(Character::isISOControl))) {
                throw new OutsideException(
                        "`username` or `password` of the registry has a line break or another control"
                                + " character, which basic authentication does not allow");
            }
            return Optional.of(basic(user + ":" + password));
        }
        return this instanceof Bearer bearer
                ? Optional.of(bearer(bearer.token().resolve(references)))
                : Optional.empty();
    }

    private static String bearer(String secret) {
        String token = secret.strip();
        // Java's client refuses it too, and quotes it.
        if (token.isEmpty() || token.chars().anyMatch(character -> character < ' ' || character > '~')) {
            throw new OutsideException("the `token` of the registry is not one line of ASCII, and a header can't carry"
                    + " anything else");
        }
        return "Bearer " + token;
    }

    /** @param user with its password, a colon in between */
    static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }
}
