package dev.firn.cli.table;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Sizes, times and counts as people read them. */
final class Figures {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB", "PiB");

    private Figures() {}

    /** A foreign name or path: what would move a terminal's cursor is shown as {@code ?}. */
    static String plain(String foreign) {
        return foreign.replaceAll("\\p{Cntrl}", "?");
    }

    /** In UTC. */
    static String time(Instant at) {
        return TIME.format(at);
    }

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        // Where it is rounded, 1,024 of one are 1 of the next.
        while (value >= 1023.95 && unit < UNITS.size() - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%,.1f %s", value, UNITS.get(Math.max(0, unit)));
    }

    /** {@code 1 row}, {@code 2 rows}. */
    static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    /** {@code 42 s}, {@code 17 min}, {@code 5 h 3 min}, {@code 3 d 4 h}. */
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48
                ? hours + " h " + minutes % 60 + " min"
                : String.format(Locale.ROOT, "%,d d %d h", hours / 24, hours % 24);
    }
}
