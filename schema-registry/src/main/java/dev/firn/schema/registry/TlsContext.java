package dev.firn.schema.registry;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.registry.TlsFiles.Part;
import dev.firn.spi.source.OutsideException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** From files to what a TLS connection is made with. */
final class TlsContext {

    private TlsContext() {}

    /** Empty where the file names none; throws {@link OutsideException} with the option's name if one can't be used. */
    static Optional<SSLContext> of(TlsFiles files, ReferenceResolver references) {
        if (files.parts().isEmpty()) {
            return Optional.empty();
        }
        Optional<TlsFile> trusted = files.part(Part.TRUSTED).map(text -> TlsFile.read(Part.TRUSTED, text, references));
        Optional<TlsFile> certificate =
                files.part(Part.CERTIFICATE).map(text -> TlsFile.read(Part.CERTIFICATE, text, references));
        Optional<TlsFile> key = files.part(Part.KEY).map(text -> TlsFile.read(Part.KEY, text, references));
        Optional<char[]> password = password(files, Part.PASSWORD, references);
        try {
            // Nothing in the place of either means what the Java runtime has: its authorities, and no certificate.
            TrustManager[] authorities = trusted.isEmpty()
                    ? null
                    : authorities(trusted.get().authorities(password(files, Part.TRUSTED_PASSWORD, references)));
            KeyManager[] own = certificate.isEmpty()
                    ? null
                    : keys(certificate.get().identity(key, password), password.orElseGet(() -> new char[0]));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, authorities, null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new OutsideException("the registry's `tls` can't be used: " + e.getMessage(), e);
        }
    }

    private static Optional<char[]> password(TlsFiles files, Part part, ReferenceResolver references) {
        return files.part(part).map(text -> text.resolve(references).toCharArray());
    }

    private static TrustManager[] authorities(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }
}
