package dev.firn.schema;

import dev.firn.definition.bind.Component;
import dev.firn.definition.bind.Doc;
import dev.firn.definition.bind.Example;
import dev.firn.definition.bind.Secret;
import dev.firn.definition.reference.Text;
import dev.firn.schema.registry.TlsFiles;
import dev.firn.schema.registry.TlsFiles.Part;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The {@code tls:} of a registry. */
@Component(kind = "tls", name = "tls", summary = "Certificates for a connection over https.")
public record TlsOptions(
        @Doc(
                        "A file with the certificates of the authorities that are trusted: PEM, or a key store (PKCS12, JKS). Those of the Java runtime unless said.")
                @Example("/etc/firn/authority.pem")
                Optional<Text> trusted,
        @Secret @Doc("The password of `trusted`, where it is a key store.") @Example("${secret:trusted-password}")
                Optional<Text> trustedPassword,
        @Doc(
                        "A file with the certificate that is shown to the registry: PEM, or a key store (PKCS12, JKS) that has the key too.")
                @Example("/etc/firn/firn.pem")
                Optional<Text> certificate,
        @Doc(
                        "A PEM file with the private key of `certificate`, in PKCS #8, where it is neither in a key store nor in the same file.")
                @Example("/etc/firn/firn-key.pem")
                Optional<Text> key,
        @Secret
                @Doc("The password of the key store `certificate`, or of the private key.")
                @Example("${secret:key-password}")
                Optional<Text> password) {

    public TlsOptions {
        if (trusted.isEmpty() && certificate.isEmpty() && key.isEmpty()) {
            throw new IllegalArgumentException(
                    "`tls` names no file: write `trusted`, `certificate` or both, or remove it");
        }
        if (key.isPresent() && certificate.isEmpty()) {
            throw new IllegalArgumentException("`key` is the key of a `certificate`: write that too, or remove `key`");
        }
        if (trustedPassword.isPresent() && trusted.isEmpty()) {
            throw new IllegalArgumentException("`trusted-password` is the password of `trusted`, which is not given");
        }
        if (password.isPresent() && certificate.isEmpty()) {
            throw new IllegalArgumentException(
                    "`password` is the password of `certificate` or its `key`, which are not given");
        }
        requireNoKeyIn(key, "`key` is");
        requireNoKeyIn(certificate, "the private key in `certificate` is");
        requireNoKeyIn(trusted, "the private key in `trusted` is");
    }

    private static void requireNoKeyIn(Optional<Text> option, String subject) {
        if (option.filter(text -> text.raw().contains("PRIVATE KEY")).isPresent()) {
            throw new IllegalArgumentException(subject
                    + " written out, and would be printed with the plan: write the name of a file, or `${secret:...}`");
        }
    }

    TlsFiles files() {
        Map<Part, Text> parts = new EnumMap<>(Part.class);
        trusted.ifPresent(text -> parts.put(Part.TRUSTED, text));
        trustedPassword.ifPresent(text -> parts.put(Part.TRUSTED_PASSWORD, text));
        certificate.ifPresent(text -> parts.put(Part.CERTIFICATE, text));
        key.ifPresent(text -> parts.put(Part.KEY, text));
        password.ifPresent(text -> parts.put(Part.PASSWORD, text));
        return new TlsFiles(parts);
    }
}
