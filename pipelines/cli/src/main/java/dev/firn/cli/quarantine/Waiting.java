package dev.firn.cli.quarantine;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRow;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many records lie in a quarantine, by where they should have gone and why they did not. */
public final class Waiting {

    private final TableName quarantine;
    private final SortedMap<Line, Count> counts = new TreeMap<>();
    private final SortedMap<String, Long> encrypted = new TreeMap<>();

    public Waiting(TableName quarantine) {
        this.quarantine = quarantine;
    }

    /**
     * @param table empty where no table was found
     * @param rule empty where it was none
     */
    public record Line(String table, String code, String rule) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int byTable = table.compareTo(other.table);
            int byCode = byTable != 0 ? byTable : code.compareTo(other.code);
            return byCode != 0 ? byCode : rule.compareTo(other.rule);
        }
    }

    /**
     * @param waiting that were not put back
     * @param first when the oldest of all came
     * @param last when the newest did
     */
    public record Count(long waiting, long putBack, Instant first, Instant last) {
        private Count plus(Count more) {
            return new Count(
                    waiting + more.waiting,
                    putBack + more.putBack,
                    first.isBefore(more.first) ? first : more.first,
                    last.isAfter(more.last) ? last : more.last);
        }
    }

    /** Always true: more may come. */
    public boolean add(QuarantinedRow row) {
        boolean back = row.replayed().isPresent();
        if (!back) {
            row.encryptedWith().ifPresent(fingerprint -> encrypted.merge(fingerprint, 1L, Long::sum));
        }
        counts.merge(
                new Line(row.table().orElse(""), row.code(), row.rule().orElse("")),
                new Count(back ? 0 : 1, back ? 1 : 0, row.at(), row.at()),
                Count::plus);
        return true;
    }

    TableName quarantine() {
        return quarantine;
    }

    SortedMap<Line, Count> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }

    /** How many of those that wait are encrypted, by the fingerprints of the keys. */
    public SortedMap<String, Long> encryptedWith() {
        return Collections.unmodifiableSortedMap(encrypted);
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return waiting() == 0;
    }

    public long waiting() {
        return counts.values().stream().mapToLong(Count::waiting).sum();
    }

    long putBack() {
        return counts.values().stream().mapToLong(Count::putBack).sum();
    }
}
