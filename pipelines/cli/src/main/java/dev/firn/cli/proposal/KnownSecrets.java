package dev.firn.cli.proposal;

import dev.firn.definition.reference.ReferenceResolver;
import java.util.Map;

/** Resolves references to secrets that were given, and are not where a file will look for them yet. */
public record KnownSecrets(Map<String, String> secrets, ReferenceResolver others) implements ReferenceResolver {

    public KnownSecrets {
        secrets = Map.copyOf(secrets);
    }

    @Override
    public String resolve(String raw) {
        // A proposal puts nothing beside such a reference.
        String secret = secrets.get(raw);
        return secret == null ? others.resolve(raw) : secret;
    }

    /** Not the secrets. */
    @Override
    public String toString() {
        return secrets.keySet().toString();
    }
}
