package dev.firn.spi.notation;

import java.util.Locale;

/** How fine a time is. */
public enum TimeUnit {
    SECONDS(0),
    MILLIS(3),
    MICROS(6),
    NANOS(9);

    private final int digits;

    TimeUnit(int digits) {
        this.digits = digits;
    }

    /** Digits behind the point of a second. */
    public int digits() {
        return digits;
    }

    /** The coarsest that has so many digits. */
    public static TimeUnit ofDigits(int digits) {
        for (TimeUnit unit : values()) {
            if (digits <= unit.digits) {
                return unit;
            }
        }
        return NANOS;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
