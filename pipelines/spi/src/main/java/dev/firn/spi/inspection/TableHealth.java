package dev.firn.spi.inspection;

import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.Optional;

/**
 * How well a table is.
 *
 * @param score 100 without a reason, and less by the points of each; never below 0
 * @param reasons those that cost most first
 * @param histogram of the sizes of data files, smallest first
 */
public record TableHealth(TableName table, Counts counts, int score, List<Reason> reasons, List<Bucket> histogram) {

    /** A table with fewer points is not well. */
    public static final int WELL = 70;

    /** What mends it: {@code firn maintain}, with the arguments that it has to have. */
    public enum Mend {
        COMPACT("--compact"),
        /** Else only those data files would be written anew that many delete files concern. */
        WORK_DELETES_IN("--compact --delete-files 1"),
        EXPIRE("--expire 1d");

        private final String arguments;

        Mend(String arguments) {
            this.arguments = arguments;
        }

        public String arguments() {
            return arguments;
        }
    }

    /**
     * What is wrong.
     *
     * @param word a stable name, such as {@code small-files}
     * @param mend empty where no command of Firn does
     */
    public record Reason(String word, int points, String sentence, Optional<Mend> mend) {}

    /** Data files with at least {@code from} and less than {@code below} bytes. */
    public record Bucket(long from, long below, long files, long bytes) {}

    public TableHealth {
        reasons = List.copyOf(reasons);
        histogram = List.copyOf(histogram);
    }

    public boolean isWell() {
        return score >= WELL;
    }
}
