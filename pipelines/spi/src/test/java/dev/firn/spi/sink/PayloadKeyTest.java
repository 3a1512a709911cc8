package dev.firn.spi.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.QuarantineOptions.Payload;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.OutsideException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadKeyTest {

    private static final Split ORDERS_3 = new Split("kafka", "orders", 3, "topic-1");
    private static final byte[] BYTES = bytes(7);
    private static final PayloadKey KEY = key(BYTES);
    private static final RawRecord RECORD = new RawRecord(
            ORDERS_3,
            17,
            123,
            utf8("key"),
            utf8("a value"),
            List.of(new Header("trace", utf8("t-1")), new Header("trace", utf8("t-2")), new Header("empty", null)));

    private static byte[] bytes(int first) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static PayloadKey key(byte[] bytes) {
        return key(Base64.getEncoder().encodeToString(bytes));
    }

    private static PayloadKey key(String secret) {
        return PayloadKey.of(new Text("${secret:q}"), "key", references(secret));
    }

    private static SystemReferences references(String secret) {
        return new SystemReferences(Map.of("Q", secret), Path.of(""));
    }

    private static RawRecord at(Split split, long position, RawRecord record) {
        return new RawRecord(split, position, record.timestamp(), record.key(), record.value(), record.headers());
    }

    @Test
    void opensWhatItHasSealed() {
        RawRecord opened = KEY.opened(KEY.of(RECORD));

        assertThat(opened.split()).isEqualTo(ORDERS_3);
        assertThat(opened.position()).isEqualTo(17);
        assertThat(opened.timestamp()).isEqualTo(123);
        assertThat(opened.key()).isEqualTo(utf8("key"));
        assertThat(opened.value()).isEqualTo(utf8("a value"));
        assertThat(opened.headers()).extracting(Header::key).containsExactly("trace", "trace", "empty");
        assertThat(opened.headers()).extracting(Header::value).containsExactly(utf8("t-1"), utf8("t-2"), null);
    }

    @Test
    void keepsWhatIsNotThereApartFromWhatIsEmpty() {
        RawRecord sealed = KEY.of(new RawRecord(ORDERS_3, 1, 2, null, new byte[0], List.of()));

        assertThat(sealed.key()).isNull();
        assertThat(sealed.value()).hasSize(12 + 16);
        assertThat(KEY.opened(sealed).value()).isEmpty();
    }

    /** As somebody would with tools of his own, from what the docs say. */
    @Test
    void isAesGcmWithThePlaceAuthenticated() throws Exception {
        ByteBuffer place = ByteBuffer.allocate(200);
        for (String field : List.of("header:1:trace", "kafka", "orders", "3", "17", "topic-1")) {
            place.putInt(field.length()).put(utf8(field));
        }
        byte[] sealed = Objects.requireNonNull(KEY.of(RECORD).headers().get(1).value());

        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(BYTES, "AES"), new GCMParameterSpec(128, sealed, 0, 12));
        cipher.updateAAD(place.array(), 0, place.position());
        assertThat(cipher.doFinal(sealed, 12, sealed.length - 12)).isEqualTo(utf8("t-2"));
    }

    @Test
    void theSameBytesNeverLookTheSame() {
        assertThat(KEY.of(RECORD).value()).isNotEqualTo(KEY.of(RECORD).value());
    }

    @Test
    void opensNothingAtAnotherPlace() {
        RawRecord sealed = KEY.of(RECORD);
        RawRecord swapped = new RawRecord(ORDERS_3, 17, 123, sealed.value(), sealed.key(), List.of());
        RawRecord reordered = new RawRecord(
                ORDERS_3,
                17,
                123,
                null,
                null,
                List.of(sealed.headers().get(1), sealed.headers().get(0)));
        RawRecord renamed = new RawRecord(
                ORDERS_3,
                17,
                123,
                null,
                null,
                List.of(new Header("other", sealed.headers().get(0).value())));
        for (RawRecord moved : List.of(
                at(ORDERS_3, 18, sealed),
                at(new Split("kafka", "orders", 4, "topic-1"), 17, sealed),
                at(new Split("kafka", "orders", 3, "topic-2"), 17, sealed),
                at(new Split("kafka", "refunds", 3, "topic-1"), 17, sealed),
                at(new Split("other", "orders", 3, "topic-1"), 17, sealed),
                swapped,
                reordered,
                renamed)) {
            assertThatThrownBy(() -> KEY.opened(moved))
                    .isInstanceOf(OutsideException.class)
                    .hasMessageContaining("can't be opened with the key that it is encrypted with");
        }
    }

    @Test
    void opensNothingThatWasChanged() {
        RawRecord sealed = KEY.of(RECORD);
        byte[] value = Objects.requireNonNull(sealed.value()).clone();
        value[value.length - 1] ^= 1;
        for (byte[] changed : List.of(value, new byte[5], Arrays.copyOf(value, value.length - 1))) {
            assertThatThrownBy(() -> KEY.opened(new RawRecord(ORDERS_3, 17, 123, null, changed, List.of())))
                    .isInstanceOf(OutsideException.class)
                    .hasMessageStartingWith("record kafka/orders-3@17 of the quarantine can't be opened");
        }
    }

    @Test
    void aFingerprintTellsKeysApartAndIsTheSameEverywhere() {
        assertThat(KEY.fingerprint())
                .isEqualTo("efd4dd71fb783a09")
                .isEqualTo(key(BYTES).fingerprint());
        assertThat(key(bytes(8)).fingerprint()).isNotEqualTo(KEY.fingerprint());
        assertThat(KEY).hasToString(KEY.fingerprint());
        assertThat(KEY.encryptedWith()).contains(KEY.fingerprint());
    }

    @Test
    void takesAKeyWithALineBreakBehindIt() {
        assertThat(key(Base64.getEncoder().encodeToString(BYTES) + "\n\n").fingerprint())
                .isEqualTo(KEY.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "correct horse battery staple", "AAAA", "0123456789abcdef0123456789abcdef"})
    void refusesWhatIsNoKeyWithoutSayingWhatItIs(String secret) {
        assertThatThrownBy(() -> key(secret))
                .isInstanceOf(OutsideException.class)
                .hasMessage("`${secret:q}`, the `key` of `quarantine`, is not the base64 of 32 bytes: make one with"
                        + " `openssl rand -base64 32`");
    }

    @Test
    void aJobGraphHasTheReferenceAlone() throws Exception {
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(graph)) {
            out.writeObject(new QuarantinePayload(Payload.ENCRYPTED, new Text("${secret:q}")));
        }
        assertThat(graph.toString(StandardCharsets.ISO_8859_1)).contains("${secret:q}");
    }

    @Test
    void whoeverMeetsNothingEncryptedNeedsNoKey() {
        QuarantinedRow row = row(RECORD, Optional.empty());
        PayloadOpener opener = new PayloadOpener(encrypted(), new SystemReferences(Map.of(), Path.of("")));

        assertThat(opener.opened(row)).isSameAs(row);
        assertThatThrownBy(() -> opener.opened(row(RECORD, Optional.of("0011223344556677"))))
                .isInstanceOf(UnresolvedReference.class);
    }

    @Test
    void opensARowWithTheKeyOfItsFingerprint() {
        QuarantinedRow row = row(KEY.of(RECORD), KEY.encryptedWith());
        PayloadOpener opener =
                new PayloadOpener(encrypted(), references(Base64.getEncoder().encodeToString(BYTES)));

        assertThat(opener.opened(row).record().value()).isEqualTo(utf8("a value"));
        assertThat(opener.opened(row).encryptedWith()).isEmpty();
    }

    @Test
    void saysWhichKeyIsMissing() {
        QuarantinedRow row = row(KEY.of(RECORD), KEY.encryptedWith());
        PayloadOpener other =
                new PayloadOpener(encrypted(), references(Base64.getEncoder().encodeToString(bytes(8))));
        PayloadOpener none = new PayloadOpener(QuarantinePayload.RAW, references(""));

        assertThatThrownBy(() -> other.opened(row))
                .hasMessage("records are encrypted with the key of fingerprint `" + KEY.fingerprint()
                        + "`, and `${secret:q}` is the key of fingerprint `"
                        + key(bytes(8)).fingerprint()
                        + "`: add the secret of then to `old-keys` of `quarantine`");
        assertThatThrownBy(() -> none.opened(row))
                .hasMessage(
                        "records are encrypted with the key of fingerprint `" + KEY.fingerprint()
                                + "`, and the file has none: say `payload: encrypted` with that `key` in `quarantine`, or `old-keys`");
    }

    @Test
    void opensWithAnOldKeyWhatWasEncryptedWithIt() {
        QuarantinedRow row = row(KEY.of(RECORD), KEY.encryptedWith());
        Map<String, String> secrets = Map.of(
                "NEW", Base64.getEncoder().encodeToString(bytes(8)),
                "OLDER", Base64.getEncoder().encodeToString(bytes(9)),
                "OLD", Base64.getEncoder().encodeToString(BYTES));
        SystemReferences references = new SystemReferences(secrets, Path.of(""));
        Text today = new Text("${secret:new}");
        Text older = new Text("${secret:older}");

        PayloadOpener both = new PayloadOpener(
                new QuarantinePayload(Payload.ENCRYPTED, today, List.of(older, new Text("${secret:old}"))), references);
        assertThat(both.opened(row).record().value()).isEqualTo(utf8("a value"));

        PayloadOpener without =
                new PayloadOpener(new QuarantinePayload(Payload.ENCRYPTED, today, List.of(older)), references);
        assertThatThrownBy(() -> without.opened(row))
                .hasMessage("records are encrypted with the key of fingerprint `" + KEY.fingerprint()
                        + "`, and `${secret:new}` is the key of fingerprint `"
                        + key(bytes(8)).fingerprint()
                        + "`, `${secret:older}` is the key of fingerprint `"
                        + key(bytes(9)).fingerprint()
                        + "`: add the secret of then to `old-keys` of `quarantine`");

        PayloadOpener noKey = new PayloadOpener(
                new QuarantinePayload(Payload.RAW, null, List.of(new Text("${secret:x}"))),
                new SystemReferences(Map.of("X", "a pass phrase"), Path.of("")));
        assertThatThrownBy(() -> noKey.opened(row))
                .hasMessage(
                        "`${secret:x}`, one of the `old-keys` of `quarantine`, is not the base64 of 32 bytes: make one"
                                + " with `openssl rand -base64 32`");
    }

    private static QuarantinePayload encrypted() {
        return new QuarantinePayload(Payload.ENCRYPTED, new Text("${secret:q}"));
    }

    private static QuarantinedRow row(RawRecord record, Optional<String> encryptedWith) {
        return new QuarantinedRow(
                Instant.EPOCH,
                "shop",
                1,
                record,
                Optional.empty(),
                "unrouted",
                Optional.empty(),
                "why",
                Optional.empty(),
                encryptedWith);
    }
}
