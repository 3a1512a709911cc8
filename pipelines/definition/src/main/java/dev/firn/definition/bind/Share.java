package dev.firn.definition.bind;

import java.io.Serializable;

/**
 * A part of a whole, written in percent: {@code 20%}, {@code 0.5%}.
 *
 * @param basisPoints hundredths of a percent, from 0 to 10,000
 */
public record Share(int basisPoints) implements Serializable, Comparable<Share> {

    static final int WHOLE = 10_000;

    @Override
    public int compareTo(Share other) {
        return Integer.compare(basisPoints, other.basisPoints);
    }

    /** The shortest spelling. */
    @Override
    public String toString() {
        String digits = String.format("%d.%02d", basisPoints / 100, basisPoints % 100);
        return digits.replaceFirst("\\.?0*$", "") + "%";
    }
}
