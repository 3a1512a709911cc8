package dev.firn.schema.registry;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.schema.registry.TlsFiles.Part;
import dev.firn.spi.source.OutsideException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One file of {@code tls:}, or PEM text that a reference stands for.
 *
 * @param shown as it may be printed
 */
record TlsFile(Part part, String shown, byte[] content) {

    private static final String PEM = "-----BEGIN ";

    static TlsFile read(Part part, Text text, ReferenceResolver references) {
        String resolved = text.resolve(references);
        if (resolved.contains(PEM)) {
            return new TlsFile(part, text.raw(), resolved.getBytes(StandardCharsets.UTF_8));
        }
        String shown = RegistryUrl.shown(text, resolved);
        try {
            return new TlsFile(part, shown, Files.readAllBytes(Path.of(resolved.strip())));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw unusable(part, "there is no file `" + shown + "`");
        } catch (IOException e) {
            throw unusable(part, "the file `" + shown + "` can't be read");
        }
    }

    /** A key store of certificates that are trusted. */
    KeyStore authorities(Optional<char[]> password) throws GeneralSecurityException {
        if (isPem()) {
            List<Certificate> certificates = pem().certificates();
            if (certificates.isEmpty()) {
                throw unusable("`" + shown + "` holds no certificate");
            }
            KeyStore store = empty();
            for (int index = 0; index < certificates.size(); index++) {
                store.setCertificateEntry("trusted-" + index, certificates.get(index));
            }
            return store;
        }
        KeyStore store = keyStore(password, Part.TRUSTED_PASSWORD);
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                return store;
            }
        }
        throw unusable("the key store `" + shown + "` holds no trusted certificate");
    }

    /** A key store with one private key and its certificates, under the same password. */
    KeyStore identity(Optional<TlsFile> key, Optional<char[]> password) throws GeneralSecurityException {
        if (!isPem()) {
            if (key.isPresent()) {
                throw unusable(
                        "the key store `" + shown + "` has a key of its own: remove `tls.key`, or name a PEM file");
            }
            return privateKeyIn(keyStore(password, Part.PASSWORD), password);
        }
        List<Certificate> certificates = pem().certificates();
        if (certificates.isEmpty()) {
            throw unusable("`" + shown + "` holds no certificate");
        }
        TlsFile keyFile = key.orElse(this);
        PrivateKey privateKey = keyFile.pem()
                .privateKey(password)
                .orElseThrow(() -> keyFile.unusable("`" + keyFile.shown + "` holds no private key"
                        + (key.isEmpty() ? ": name the file that does as `tls.key`" : "")));
        if (!KeyPairs.belong(certificates.get(0).getPublicKey(), privateKey)) {
            throw unusable("the private key is not that of the first certificate in `" + shown + "`");
        }
        KeyStore store = empty();
        store.setKeyEntry(
                "firn", privateKey, password.orElseGet(() -> new char[0]), certificates.toArray(Certificate[]::new));
        return store;
    }

    private KeyStore privateKeyIn(KeyStore store, Optional<char[]> password) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                try {
                    store.getKey(alias, password.orElseGet(() -> new char[0]));
                } catch (UnrecoverableKeyException e) {
                    throw closed(password, Part.PASSWORD);
                }
                return store;
            }
        }
        throw unusable("the key store `" + shown + "` holds no private key");
    }

    private KeyStore keyStore(Optional<char[]> password, Part passwordPart) throws GeneralSecurityException {
        // Reads the older JKS too.
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(content), password.orElse(null));
            return store;
        } catch (IOException e) {
            throw e.getCause() instanceof GeneralSecurityException
                    ? closed(password, passwordPart)
                    : unusable("`" + shown + "` is neither PEM nor a key store");
        }
    }

    private OutsideException closed(Optional<char[]> password, Part passwordPart) {
        return unusable("the key store `" + shown + "` does not open "
                + (password.isPresent() ? "with the password in " : "without ") + passwordPart.word());
    }

    private boolean isPem() {
        return new String(content, StandardCharsets.ISO_8859_1).contains(PEM);
    }

    private Pem pem() {
        return Pem.of(new String(content, StandardCharsets.ISO_8859_1), this::unusable);
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("our bug: an empty key store reads no file", e);
        }
        return store;
    }

    private OutsideException unusable(String why) {
        return unusable(part, why);
    }

    private static OutsideException unusable(Part part, String why) {
        return new OutsideException("the registry's " + part.word() + " can't be used: " + why);
    }
}
