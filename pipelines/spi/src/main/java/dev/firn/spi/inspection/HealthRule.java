package dev.firn.spi.inspection;

import dev.firn.spi.inspection.TableHealth.Mend;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes a table unwell, and how much: from a value on it costs {@link #least} points, more with the value, and {@link #most}
 * from another value on. Tests hold the table in {@code docs/tables.md} against these.
 */
public enum HealthRule {
    SMALL_FILES(
            "share of the data files that would be gone if the small ones of each partition were packed",
            0.5,
            1,
            15,
            50,
            "10 files or more would be gone; small is what is under 75 % of `write.target-file-size-bytes`, and counts"
                    + " where a partition has 5 of them",
            Mend.COMPACT),
    DELETE_FILES(
            "delete files for each data file",
            0.25,
            2,
            15,
            50,
            "there are 10 delete files or more",
            Mend.WORK_DELETES_IN),
    DELETED_ROWS(
            "share of the rows in data files that delete files take away, at most",
            0.2,
            1,
            10,
            40,
            "there are 10,000 of them or more",
            Mend.WORK_DELETES_IN),
    SNAPSHOTS("snapshots", 1_000, 10_000, 10, 35, "", Mend.EXPIRE),
    MANIFESTS("manifests", 200, 2_000, 10, 35, "they have less than 1 MiB each", null),
    SKEW(
            "the largest partition's bytes for each byte of the median one",
            10,
            100,
            5,
            15,
            "there are 4 partitions or more, and the largest has 1 GiB or more",
            null),
    STALE_STATISTICS(
            "share of the rows that have come since the newest statistics",
            0.2,
            1,
            5,
            10,
            "there are statistics",
            null);

    private final String measure;
    private final double from;
    private final double to;
    private final int least;
    private final int most;
    private final String only;
    private final @Nullable Mend mend;

    HealthRule(String measure, double from, double to, int least, int most, String only, @Nullable Mend mend) {
        this.measure = measure;
        this.from = from;
        this.to = to;
        this.least = least;
        this.most = most;
        this.only = only;
        this.mend = mend;
    }

    /** A stable name, such as {@code small-files}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is measured, in words. */
    public String measure() {
        return measure;
    }

    /** Above it, a table loses points. */
    public double from() {
        return from;
    }

    /** From it on, it loses all that the rule can cost. */
    public double to() {
        return to;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    /** Where else the rule does not count; empty text where it always does. */
    public String only() {
        return only;
    }

    public Optional<Mend> mend() {
        return Optional.ofNullable(mend);
    }

    /** What a value costs; 0 where it is within bounds. */
    public int points(double value) {
        if (!(value > from)) {
            return 0;
        }
        double share = Math.min(1, (value - from) / (to - from));
        return (int) Math.round(least + share * (most - least));
    }
}
