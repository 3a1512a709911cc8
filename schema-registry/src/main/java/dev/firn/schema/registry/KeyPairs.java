package dev.firn.schema.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether two keys are halves of one pair: what one signs, the other believes. */
final class KeyPairs {

    private static final byte[] SAMPLE = "firn".getBytes(StandardCharsets.UTF_8);

    private KeyPairs() {}

    static boolean belong(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
        if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
            return false;
        }
        String algorithm =
                switch (publicKey.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> publicKey.getAlgorithm();
                };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(privateKey);
        signing.update(SAMPLE);
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(publicKey);
        checking.update(SAMPLE);
        return checking.verify(signing.sign());
    }
}
