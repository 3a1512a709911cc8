package dev.firn.quality.validation;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.table.MaskOptions.Mask;
import dev.firn.spi.cipher.AesGcm;
import dev.firn.spi.rule.RowMask;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.Nullability;
import dev.firn.spi.source.OutsideException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What masks make of values. The same value becomes the same one whenever and wherever it comes, so that a record that is read again
 * becomes the same row, and hidden columns can still be joined.
 */
public final class MaskedValues {

    /** What is hidden altogether. */
    private static final String REDACTED = "[redacted]";

    private static final String HIDDEN = "****";
    private static final int SHOWN = 4;

    /** Values that have one text, which they can be told by. */
    private static final Set<ColumnType> WITH_TEXT =
            Set.of(Primitive.STRING, Primitive.INT, Primitive.LONG, Primitive.UUID, Primitive.DATE, Primitive.BINARY);

    private static final Set<ColumnType> WITH_MONTHS =
            Set.of(Primitive.DATE, Primitive.TIMESTAMP, Primitive.TIMESTAMPTZ);

    private MaskedValues() {}

    /** Makes one value of a column, never null, into what is written. */
    @FunctionalInterface
    interface Masking {
        @Nullable
        Object of(Object value);
    }

    /** The column as it is written; empty where such values can't be hidden in this way. */
    public static Optional<Column> column(Mask mask, Column clear) {
        ColumnType type = clear.type();
        return switch (mask) {
            case SHA256, HMAC, ENCRYPT -> WITH_TEXT.contains(type) || type instanceof ColumnType.Decimal
                    ? Optional.of(new Column(clear.name(), Primitive.STRING, clear.nullability()))
                    : Optional.empty();
            case LAST4, REDACT -> type == Primitive.STRING ? Optional.of(clear) : Optional.empty();
            case NULLIFY -> Optional.of(new Column(clear.name(), type, Nullability.OPTIONAL));
            case TRUNCATE_DATE -> WITH_MONTHS.contains(type) ? Optional.of(clear) : Optional.empty();
        };
    }

    /** Whether what is written has the type of what is hidden. */
    static boolean keepsType(Mask mask) {
        return mask == Mask.LAST4 || mask == Mask.REDACT || mask == Mask.NULLIFY || mask == Mask.TRUNCATE_DATE;
    }

    /** What it goes with, in words. */
    public static String goesWith(Mask mask) {
        return switch (mask) {
            case SHA256, HMAC, ENCRYPT -> "texts, whole numbers, decimals, uuids, dates and bytes";
            case LAST4, REDACT -> "texts";
            case NULLIFY -> "all types";
            case TRUNCATE_DATE -> "dates and timestamps";
        };
    }

    /** Resolves what is secret; asked where rows are made, and nowhere else. */
    static Masking masking(RowMask mask, ReferenceResolver references) {
        byte[] secret = mask.secret()
                .map(text -> text.resolve(references).getBytes(StandardCharsets.UTF_8))
                .orElse(new byte[0]);
        if (mask.secret().isPresent() && secret.length == 0) {
            throw new OutsideException(
                    "`" + mask.secret().get().raw() + "`, the secret that hides `" + mask.column() + "`, is empty");
        }
        return switch (mask.as()) {
            case SHA256 -> value -> hex(sha256(secret, bytes(value)));
            case HMAC -> value -> hex(hmac(secret, bytes(value)));
            case LAST4 -> value -> last4((String) value);
            case REDACT -> value -> REDACTED;
            case NULLIFY -> value -> null;
            case TRUNCATE_DATE -> MaskedValues::firstOfItsMonth;
            case ENCRYPT -> value -> encrypted(secret, bytes(value));
        };
    }

    private static byte[] bytes(Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        // 1.5 and 1.50 are one value, of whatever scale a version's decimals are.
        String text = value instanceof BigDecimal number
                ? (number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString())
                : value.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(byte[] salt, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("our bug: every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("our bug: every Java has HmacSHA256", e);
        }
    }

    /**
     * AES-256-GCM, in base64: 12 bytes of nonce, the text, 16 bytes of tag. The nonce is a hash of the text under a key of its own, so that
     * one text has one form: what is equal is seen to be equal, and nothing else is.
     */
    private static String encrypted(byte[] secret, byte[] bytes) {
        byte[] nonce =
                Arrays.copyOf(hmac(hmac(secret, "nonce".getBytes(StandardCharsets.UTF_8)), bytes), AesGcm.NONCE_BYTES);
        byte[] key = hmac(secret, "key".getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(AesGcm.seal(key, nonce, bytes, new byte[0]));
    }

    private static String last4(String text) {
        int characters = text.codePointCount(0, text.length());
        // Of a short text the last four would be most of it.
        return characters < 2 * SHOWN
                ? HIDDEN
                : HIDDEN + text.substring(text.offsetByCodePoints(0, characters - SHOWN));
    }

    private static Object firstOfItsMonth(Object value) {
        if (value instanceof LocalDate date) {
            return date.withDayOfMonth(1);
        }
        if (value instanceof LocalDateTime time) {
            return LocalDateTime.of(time.toLocalDate().withDayOfMonth(1), LocalTime.MIDNIGHT);
        }
        OffsetDateTime instant = (OffsetDateTime) value;
        return LocalDateTime.of(instant.toLocalDate().withDayOfMonth(1), LocalTime.MIDNIGHT)
                .atOffset(instant.getOffset());
    }
}
