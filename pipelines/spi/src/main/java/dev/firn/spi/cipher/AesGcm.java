package dev.firn.spi.cipher;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with all that it takes to open a text but the key in one piece: 12 bytes of nonce, the text, 16 bytes of tag. */
public final class AesGcm {

    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private AesGcm() {}

    /**
     * @param key 32 bytes
     * @param nonce 12 bytes, which no other text may have with the same key
     * @param place what the text belongs to: it can be opened as of there alone
     */
    public static byte[] seal(byte[] key, byte[] nonce, byte[] clear, byte[] place) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, place);
            byte[] text = cipher.doFinal(clear);
            return ByteBuffer.allocate(nonce.length + text.length)
                    .put(nonce)
                    .put(text)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("our bug: every Java has AES with GCM", e);
        }
    }

    /** The clear bytes; empty where these are not what was sealed with that key for that place. */
    public static Optional<byte[]> open(byte[] key, byte[] sealed, byte[] place) {
        if (sealed.length < NONCE_BYTES + TAG_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(sealed).get(nonce);
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce, place)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException changed) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("our bug: every Java has AES with GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(place);
        return cipher;
    }
}
