package dev.firn.schema.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The blocks of a PEM file (RFC 7468).
 *
 * @param unusable makes the complaint of a sentence
 */
record Pem(List<Block> blocks, Function<String, RuntimeException> unusable) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** What stands between a beginning and its end. */
    record Block(String label, byte[] bytes) {}

    static Pem of(String text, Function<String, RuntimeException> unusable) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            // An encrypted PKCS #1 key has headers, which are no base64; it is refused by its label.
            String body = matcher.group(2).replaceAll("(?m)^[A-Za-z-]+:.*$", "");
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(body)));
            } catch (IllegalArgumentException e) {
                throw unusable.apply("its block `" + matcher.group(1) + "` is not base64");
            }
        }
        return new Pem(blocks, unusable);
    }

    List<Certificate> certificates() {
        List<Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("TRUSTED CERTIFICATE")) {
                try {
                    certificates.add(CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.bytes())));
                } catch (CertificateException e) {
                    throw unusable.apply("its certificate " + (certificates.size() + 1) + " can't be read");
                }
            }
        }
        return certificates;
    }

    /** The first private key. */
    Optional<PrivateKey> privateKey(Optional<char[]> password) throws GeneralSecurityException {
        for (Block block : blocks) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return Optional.of(key(new PKCS8EncodedKeySpec(block.bytes())));
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return Optional.of(key(decrypted(
                            block.bytes(),
                            password.orElseThrow(() ->
                                    unusable.apply("the private key is encrypted, and there is no `tls.password`")))));
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" -> throw unusable.apply("the private key is"
                        + " not in PKCS #8; `openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW` makes one that is");
                default -> {
                    // Certificates, parameters of a curve, what else tools write.
                }
            }
        }
        return Optional.empty();
    }

    private PrivateKey key(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException tryTheNext) {
                // Only the key itself says which it is, and in a form that nothing public reads.
            }
        }
        throw unusable.apply("the private key is none of RSA, EC and EdDSA");
    }

    private PKCS8EncodedKeySpec decrypted(byte[] bytes, char[] password) {
        try {
            EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(bytes);
            AlgorithmParameters parameters = encrypted.getAlgParameters();
            // With PBES2, the parameters alone name the algorithm, and only in words.
            String algorithm = encrypted.getAlgName().equals("PBES2")
                            || encrypted.getAlgName().startsWith("1.2.840.113549.1.5.13")
                    ? parameters.toString()
                    : encrypted.getAlgName();
            Key key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password));
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return encrypted.getKeySpec(cipher);
        } catch (IOException | GeneralSecurityException e) {
            throw unusable.apply("the private key does not open with the password in `tls.password`");
        }
    }
}
