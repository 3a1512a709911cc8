package dev.firn.quality.expression.function;

import static dev.firn.quality.expression.function.Kind.BYTES;
import static dev.firn.quality.expression.function.Kind.LONG;
import static dev.firn.quality.expression.function.Kind.TEXT;

import dev.firn.spi.schema.ColumnType.Primitive;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Texts and bytes in other letters. */
final class Encodings {

    static final Group GROUP = new Group(
            "Hashes and encodings",
            List.of(
                    hash("md5", "MD5").shown("md5('firn')", "3636782e8ee98d37997379a38a530c13"),
                    hash("sha1", "SHA-1").shown("sha1('firn')", "4ee4ff320eb52e02053b1fca38bcf1d3dac5dc4f"),
                    hash("sha224", "SHA-224")
                            .shown("sha224('firn')", "6ac1e92c22f05638c28c658a77896f36fd4b1b3c0b9092aa1e19bf6f"),
                    hash("sha256", "SHA-256")
                            .shown(
                                    "sha256('firn')",
                                    "9faf0311ed038e53dc8716254511d2d5b41225dd9cb3a89ca36ae6776a4068e2"),
                    hash("sha384", "SHA-384").shown("left(sha384('firn'), 16)", "a9a4c74f1b805cab"),
                    hash("sha512", "SHA-512").shown("left(sha512('firn'), 16)", "0ea4a0cfeb8cbe46"),
                    Function.of(
                                    "to_base64",
                                    "to_base64(s)",
                                    "Its bytes in UTF-8 as Base64.",
                                    Signatures.of(
                                            "to_base64",
                                            Signature.of(TEXT, Primitive.STRING, s -> Base64.getEncoder()
                                                    .encodeToString(utf8(s))),
                                            Signature.of(BYTES, Primitive.STRING, b -> Base64.getEncoder()
                                                    .encodeToString(bytes(b)))))
                            .neverFailing()
                            .shown("to_base64('firn')", "Zmlybg=="),
                    Function.of(
                                    "from_base64",
                                    "from_base64(s)",
                                    "The text whose bytes are in Base64.",
                                    Signatures.of(
                                            "from_base64", Signature.of(TEXT, Primitive.STRING, Encodings::fromBase64)))
                            .shown("from_base64('Zmlybg==')", "firn"),
                    Function.of(
                                    "hex",
                                    "hex(a)",
                                    "A whole number or a text's bytes in hexadecimal.",
                                    Signatures.of(
                                            "hex",
                                            Signature.of(LONG, Primitive.STRING, n -> Long.toHexString(n)
                                                    .toUpperCase(Locale.ROOT)),
                                            Signature.of(TEXT, Primitive.STRING, s -> HexFormat.of()
                                                    .withUpperCase()
                                                    .formatHex(utf8(s)))))
                            .neverFailing()
                            .shown("hex(255)", "FF"),
                    Function.of(
                                    "bin",
                                    "bin(n)",
                                    "A whole number in binary.",
                                    Signatures.of("bin", Signature.of(LONG, Primitive.STRING, Long::toBinaryString)))
                            .neverFailing()
                            .shown("bin(5)", "101")));

    private Encodings() {}

    private static Function hash(String name, String algorithm) {
        return Function.of(
                        name,
                        name + "(s)",
                        "The " + algorithm + " hash of its bytes in UTF-8, in hexadecimal.",
                        Signatures.of(
                                name,
                                Signature.of(TEXT, Primitive.STRING, s -> hashed(utf8(s), algorithm)),
                                Signature.of(BYTES, Primitive.STRING, b -> hashed(bytes(b), algorithm))))
                .neverFailing();
    }

    private static String hashed(byte[] bytes, String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("our bug: every Java has " + algorithm, e);
        }
    }

    private static String fromBase64(String s) {
        try {
            return new String(Base64.getDecoder().decode(s), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new EvaluationFailure("`'" + Texts.left(s, 40) + "'` is no Base64");
        }
    }

    private static byte[] utf8(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
