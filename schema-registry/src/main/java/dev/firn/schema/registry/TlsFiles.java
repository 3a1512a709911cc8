package dev.firn.schema.registry;

import dev.firn.definition.bind.Option;
import dev.firn.definition.reference.Text;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The files that a connection over TLS is made with, as the pipeline file names them. */
public record TlsFiles(Map<Part, Text> parts) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** An option of {@code tls:}. */
    public enum Part {
        TRUSTED,
        TRUSTED_PASSWORD,
        CERTIFICATE,
        KEY,
        PASSWORD;

        /** As a sentence names it. */
        String word() {
            return "`tls." + Option.word(this) + "`";
        }
    }

    public TlsFiles {
        parts = Map.copyOf(parts);
    }

    /** Whatever the Java runtime trusts, and no certificate of our own. */
    public static TlsFiles none() {
        return new TlsFiles(new EnumMap<>(Part.class));
    }

    Optional<Text> part(Part part) {
        return Optional.ofNullable(parts.get(part));
    }
}
