package dev.firn.schema.registry;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** As whom a registry is asked. */
public sealed interface RegistryLogin extends Serializable {

    /** What stands in the url, if anything does. */
    record OfTheUrl() implements RegistryLogin {}

    record Basic(Text username, Text password) implements RegistryLogin {}

    record Bearer(Text token) implements RegistryLogin {}

    /** The {@code Authorization} header; empty where the url decides. */
    default Optional<String> header(ReferenceResolver references) {
        if (this instanceof Basic basic) {
            return Optional.of(basic(basic.username().resolve(references) + ":"
                    + basic.password().resolve(references)));
        }
        return this instanceof Bearer bearer
                ? Optional.of("Bearer " + bearer.token().resolve(references).strip())
                : Optional.empty();
    }

    /** @param user with its password, a colon in between */
    static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }
}
