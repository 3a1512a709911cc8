package dev.firn.spi.sink;

import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.Text;
import dev.firn.spi.cipher.AesGcm;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.OutsideException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key of a quarantine with {@code payload: encrypted}. Key, value and the values of headers are each AES-256-GCM under a nonce of their own, which is
 * random: 12 bytes of nonce, the text, 16 bytes of tag. What is authenticated besides is where they stand, so that nobody can move them to another
 * record, or to another place in theirs: the part ({@code key}, {@code value}, or {@code header:INDEX:NAME}), source, stream, partition, position and
 * incarnation as UTF-8, each behind its length in 4 bytes, big-endian. What is null stays null.
 */
public final class PayloadKey implements KeptBytes {

    /** The quarantine's column with the fingerprint of the key; null where the bytes are as they came. */
    public static final String COLUMN = "encrypted_with";

    /** The same with its type. */
    public static final Column ENCRYPTED_WITH = Column.optional(COLUMN, Primitive.STRING);

    private static final int FINGERPRINT_BYTES = 8;

    private final byte[] key;
    private final String fingerprint;
    private final SecureRandom random = new SecureRandom();

    private PayloadKey(byte[] key) {
        this.key = key;
        this.fingerprint = fingerprint(key);
    }

    /**
     * Resolves it, in the process that uses it.
     *
     * @param option of {@code quarantine:} that has the reference
     * @throws dev.firn.definition.reference.UnresolvedReference where the reference leads nowhere
     * @throws OutsideException where it leads to no key
     */
    public static PayloadKey of(Text reference, String option, ReferenceResolver references) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(reference.resolve(references).strip());
        } catch (IllegalArgumentException notBase64) {
            key = new byte[0];
        }
        if (key.length != AesGcm.KEY_BYTES) {
            // Not a word of what it is instead.
            throw new OutsideException("`" + reference.raw() + "`, " + what(option) + ", is not the base64 of "
                    + AesGcm.KEY_BYTES + " bytes: make one with `openssl rand -base64 " + AesGcm.KEY_BYTES + "`");
        }
        return new PayloadKey(key);
    }

    /**
     * Looks whether a quarantine table can tell encrypted records from others: those of before can't.
     *
     * @throws OutsideException if it can't
     */
    public static void requireColumn(TableName quarantine, TableSchema columns) {
        Optional<Column> there = columns.column(COLUMN);
        if (there.isEmpty()) {
            throw new OutsideException(
                    "table `" + quarantine + "` is from before records could be encrypted and has no column `" + COLUMN
                            + "`: add it as a string, or name another `table` in `quarantine`");
        }
        if (!there.get().equals(ENCRYPTED_WITH)) {
            throw new OutsideException("column `" + COLUMN + "` of table `" + quarantine + "` is "
                    + (there.get().isOptional() ? "an optional " : "a required ")
                    + there.get().type()
                    + ", and has to be an optional string, or nobody could tell which records are encrypted:"
                    + " rename it and add it as that, or name another `table` in `quarantine`");
        }
    }

    /** Tells keys apart and says nothing of them: 16 hexadecimal digits. */
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public Optional<String> encryptedWith() {
        return Optional.of(fingerprint);
    }

    @Override
    public RawRecord of(RawRecord record) {
        return with(record, this::sealed);
    }

    /**
     * The record as it came.
     *
     * @param sealed one with the bytes that {@link #of} has made of it
     * @throws UnopenedPayload where these are others
     */
    RawRecord opened(RawRecord sealed) {
        return with(sealed, (bytes, place) -> AesGcm.open(key, bytes, place)
                .orElseThrow(
                        () -> new UnopenedPayload("record " + sealed.split().id() + "@" + sealed.position()
                                + " of the quarantine can't be opened with the key that it is encrypted with: its bytes are not those"
                                + " that were written there, or not at that place")));
    }

    private static String what(String option) {
        return option.equals("key") ? "the `key` of `quarantine`" : "one of the `" + option + "` of `quarantine`";
    }

    private byte[] sealed(byte[] clear, byte[] place) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        return AesGcm.seal(key, nonce, clear, place);
    }

    /** Makes other bytes of some that belong to a place. */
    @FunctionalInterface
    private interface Turn {
        byte[] turn(byte[] bytes, byte[] place);
    }

    private static RawRecord with(RawRecord record, Turn turn) {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            String part = "header:" + headers.size() + ":" + header.key();
            headers.add(new Header(header.key(), turned(record, part, header.value(), turn)));
        }
        return new RawRecord(
                record.split(),
                record.position(),
                record.timestamp(),
                turned(record, "key", record.key(), turn),
                turned(record, "value", record.value(), turn),
                headers);
    }

    private static byte @Nullable [] turned(RawRecord record, String part, byte @Nullable [] bytes, Turn turn) {
        return bytes == null ? null : turn.turn(bytes, place(record, part));
    }

    private static byte[] place(RawRecord record, String part) {
        ByteArrayOutputStream place = new ByteArrayOutputStream();
        for (String field : List.of(
                part,
                record.split().source(),
                record.split().stream(),
                Integer.toString(record.split().partition()),
                Long.toString(record.position()),
                record.split().incarnation())) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            place.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            place.writeBytes(bytes);
        }
        return place.toByteArray();
    }

    private static String fingerprint(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] hash = mac.doFinal("firn quarantine".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, FINGERPRINT_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("our bug: every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return fingerprint;
    }
}
