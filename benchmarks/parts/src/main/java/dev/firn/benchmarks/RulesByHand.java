package dev.firn.benchmarks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The simple rules as somebody would write them in Java for this one table, the most that classes made of the texts could reach. */
final class RulesByHand {

    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    private RulesByHand() {}

    static int falseOnes(@Nullable Object[] row) {
        int bits = 0;
        if (row[1] instanceof BigDecimal amount && amount.signum() <= 0) {
            bits |= 1;
        }
        if (row[2] instanceof String status
                && !(status.equals("NEW") || status.equals("PAID") || status.equals("SHIPPED"))) {
            bits |= 1 << 1;
        }
        if (row[3] instanceof String email && email.indexOf('@') < 0) {
            bits |= 1 << 2;
        }
        if (row[4] instanceof String note && note.codePointCount(0, note.length()) > 40) {
            bits |= 1 << 3;
        }
        if (row[5] == null) {
            bits |= 1 << 4;
        }
        if (row[5] instanceof Integer quantity && (quantity < 1 || quantity > 1000)) {
            bits |= 1 << 5;
        }
        if (row[6] instanceof String currency && !currency.equals("EUR") && !currency.equals("USD")) {
            bits |= 1 << 6;
        }
        if (row[7] instanceof Double discount && !(discount >= 0.0)) {
            bits |= 1 << 7;
        }
        if (row[8] instanceof OffsetDateTime placed && placed.toInstant().isBefore(START)) {
            bits |= 1 << 8;
        }
        if (row[9] instanceof String country && country.isEmpty()) {
            bits |= 1 << 9;
        }
        return bits;
    }
}
