package dev.firn.cli.quarantine;

import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The newest records of a quarantine, and how many there are. */
public final class Newest {

    /** The newest last. */
    private static final Comparator<QuarantinedRow> BY_AGE = Comparator.comparing(QuarantinedRow::at)
            .thenComparing(row -> row.record().split())
            .thenComparing(row -> row.record().position())
            .thenComparing(row -> row.table().orElse(""));

    private final TableName quarantine;
    private final int limit;
    private final PriorityQueue<QuarantinedRow> newest = new PriorityQueue<>(BY_AGE);
    private long seen;

    /** @param limit of how many are kept */
    public Newest(TableName quarantine, int limit) {
        this.quarantine = quarantine;
        this.limit = limit;
    }

    public void add(QuarantinedRow row) {
        seen++;
        newest.add(row);
        if (newest.size() > limit) {
            newest.remove();
        }
    }

    TableName quarantine() {
        return quarantine;
    }

    long seen() {
        return seen;
    }

    List<QuarantinedRow> rows() {
        List<QuarantinedRow> rows = new ArrayList<>(newest);
        rows.sort(BY_AGE.reversed());
        return rows;
    }
}
