package dev.firn.quality.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.definition.reference.Text;
import dev.firn.definition.table.MaskOptions.Mask;
import dev.firn.spi.rule.RowMask;
import dev.firn.spi.source.OutsideException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MaskedValuesTest {

    private static @Nullable Object masked(Mask as, @Nullable String secret, Object value) {
        RowMask mask = new RowMask("c", as, secret == null ? null : new Text("${secret:s}"));
        return MaskedValues.masking(mask, raw -> String.valueOf(secret)).of(value);
    }

    /** The sums are Python's, by its hashlib and hmac. */
    @Test
    void hashesAreThoseThatAnybodyElseComputes() {
        assertThat(masked(Mask.SHA256, null, "ann@firn.dev"))
                .isEqualTo("d63d9ed2f1908641f840a58db42f6243bf23c1b79daf802fb4eb46b11778ca67");
        assertThat(masked(Mask.SHA256, null, ByteBuffer.wrap("ann@firn.dev".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("d63d9ed2f1908641f840a58db42f6243bf23c1b79daf802fb4eb46b11778ca67");
        assertThat(masked(Mask.SHA256, "salt", 7))
                .isEqualTo("2ab204d76cdcec4609d290441fed2eec4186d288ca47c40cc7dd661a0de1b0d0")
                .isEqualTo(masked(Mask.SHA256, "salt", 7L));
        assertThat(masked(Mask.HMAC, "key", new BigDecimal("1.50")))
                .isEqualTo("0ecb7ed98eed5fe0b929ca08f7e057300b0f09531fc09f7438ac2d0bb094ee86");
        assertThat(masked(Mask.SHA256, null, new BigDecimal("0.00"))).isEqualTo(masked(Mask.SHA256, null, 0));
        assertThat(masked(Mask.SHA256, null, new BigDecimal("100"))).isEqualTo(masked(Mask.SHA256, null, 100));
    }

    @Test
    void whatIsEncryptedIsOneTextAndComesBackWithTheKey() throws Exception {
        String masked = String.valueOf(masked(Mask.ENCRYPT, "key", "ann@firn.dev"));

        assertThat(masked)
                .isEqualTo(masked(Mask.ENCRYPT, "key", "ann@firn.dev"))
                .isNotEqualTo(masked(Mask.ENCRYPT, "other", "ann@firn.dev"))
                .isNotEqualTo(masked(Mask.ENCRYPT, "key", "bob@firn.dev"));
        byte[] bytes = Base64.getDecoder().decode(masked);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] key = mac.doFinal("key".getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(128, Arrays.copyOf(bytes, 12)));
        assertThat(new String(cipher.doFinal(bytes, 12, bytes.length - 12), StandardCharsets.UTF_8))
                .isEqualTo("ann@firn.dev");
    }

    @Test
    void theLastFourAreShownOfWhatIsMuchLonger() {
        assertThat(masked(Mask.LAST4, null, "4000123412341234")).isEqualTo("****1234");
        assertThat(masked(Mask.LAST4, null, "12345678")).isEqualTo("****5678");
        assertThat(masked(Mask.LAST4, null, "1234567")).isEqualTo("****");
        assertThat(masked(Mask.LAST4, null, "😀😀😀😀1😀34")).isEqualTo("****1😀34");
    }

    @Test
    void theRestHidesAllOrTheDay() {
        assertThat(masked(Mask.REDACT, null, "ann")).isEqualTo("[redacted]");
        assertThat(masked(Mask.NULLIFY, null, 5)).isNull();
        assertThat(masked(Mask.TRUNCATE_DATE, null, LocalDate.of(1984, 2, 29))).isEqualTo(LocalDate.of(1984, 2, 1));
        assertThat(masked(Mask.TRUNCATE_DATE, null, LocalDateTime.of(1984, 2, 29, 8, 30)))
                .isEqualTo(LocalDateTime.of(1984, 2, 1, 0, 0));
        assertThat(masked(Mask.TRUNCATE_DATE, null, OffsetDateTime.parse("1984-02-29T08:30:00Z")))
                .isEqualTo(OffsetDateTime.parse("1984-02-01T00:00:00Z"));
    }

    @Test
    void anEmptySecretIsNone() {
        assertThatThrownBy(() -> masked(Mask.HMAC, "", "ann"))
                .isInstanceOf(OutsideException.class)
                .hasMessage("`${secret:s}`, the secret that hides `c`, is empty");
    }
}
