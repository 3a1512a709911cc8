package dev.firn.schema.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates that sign themselves, made anew in a folder: key stores by the JDK's {@code keytool}, and PEM files of them.
 *
 * @param folder where the files are
 */
public record Certificates(Path folder) {

    public static final String PASSWORD = "changeit";

    private static final byte[] PBES2_OID = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x05, 0x0d
    };

    private static final String PBES2 = "PBEWithHmacSHA256AndAES_256";

    /** Makes {@code NAME.p12} with a key and a certificate for the loopback address, and {@code NAME.pem} of the latter. */
    public Certificates make(String name, String keyAlgorithm) {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                keyAlgorithm,
                "-dname",
                "CN=" + name,
                "-validity",
                "2",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file(name + ".p12"));
        write(name + ".pem", pem("CERTIFICATE", name, store -> store.getCertificate(name)
                .getEncoded()));
        return this;
    }

    /** {@code NAME.jks} with a certificate of {@code NAME.pem} that is trusted. */
    public Certificates trustedInAnOldKeyStore(String name) {
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                file(name + ".pem"),
                "-storetype",
                "JKS",
                "-keystore",
                file(name + ".jks"));
        return this;
    }

    /** {@code NAME-key.pem}, and {@code NAME-locked.pem} that opens with the password. */
    public Certificates keyFiles(String name) {
        write(name + "-key.pem", keyText(name));
        write(name + "-locked.pem", pem("ENCRYPTED PRIVATE KEY", name, store -> locked(key(store, name))));
        return this;
    }

    /** The private key as PEM. */
    public String keyText(String name) {
        return pem("PRIVATE KEY", name, store -> key(store, name).getEncoded());
    }

    public String file(String name) {
        return folder.resolve(name).toString();
    }

    public String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server with one certificate needs, which trusts a client with another. */
    public SSLContext server(String name, String client) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(name), PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("client", store(client).getCertificate(client));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something of a key store. */
    @FunctionalInterface
    private interface Part {
        byte[] of(KeyStore store) throws GeneralSecurityException;
    }

    private String pem(String label, String name, Part part) {
        try {
            String body = Base64.getMimeEncoder().encodeToString(part.of(store(name)));
            return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store(String name) throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrivateKey key(KeyStore store, String name) throws GeneralSecurityException {
        return (PrivateKey) store.getKey(name, PASSWORD.toCharArray());
    }

    private static byte[] locked(PrivateKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(PBES2);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(PBES2).generateSecret(new PBEKeySpec(PASSWORD.toCharArray())));
        try {
            // RFC 5958's EncryptedPrivateKeyInfo, which the JDK reads and does not write with PBES2.
            return der(
                    0x30,
                    der(0x30, PBES2_OID, cipher.getParameters().getEncoded()),
                    der(0x04, cipher.doFinal(key.getEncoded())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 128) {
            whole.write(length);
        } else {
            whole.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
