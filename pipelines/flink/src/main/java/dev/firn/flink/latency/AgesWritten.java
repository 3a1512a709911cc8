package dev.firn.flink.latency;

import dev.firn.spi.ledger.RecordAges;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * How old the rows are that a writer writes, a table each, from barrier to barrier. Ages are told from the last barrier, so
 * that no record costs a look at the clock.
 */
public final class AgesWritten {

    private final LongSupplier millis;
    private final Map<TableName, OfTable> tables = new TreeMap<>();
    private long reference;

    /** @param millis the wall clock, since 1970 */
    public AgesWritten(LongSupplier millis) {
        this.millis = millis;
        this.reference = millis.getAsLong();
    }

    /** The rows of one table; good until the next barrier. */
    public static final class OfTable {
        private final long reference;
        private final Millis ages = new Millis();

        private OfTable(long reference) {
            this.reference = reference;
        }

        /** @param timestamp milliseconds since 1970; one that is negative is none, and does not count */
        public void add(long timestamp) {
            if (timestamp >= 0) {
                ages.add(reference - timestamp);
            }
        }

        private RecordAges told(TableName table) {
            LongStream.Builder told = LongStream.builder();
            LongStream.Builder counts = LongStream.builder();
            ages.forEach((age, count) -> {
                told.add(age);
                counts.add(count);
            });
            return new RecordAges(
                    table, reference, told.build().toArray(), counts.build().toArray());
        }
    }

    public OfTable of(TableName table) {
        return tables.computeIfAbsent(table, name -> new OfTable(reference));
    }

    /** What was written since the last barrier, and has timestamps. */
    public List<RecordAges> drain() {
        List<RecordAges> drained = new ArrayList<>();
        tables.forEach((table, rows) -> {
            RecordAges told = rows.told(table);
            if (told.ages().length > 0) {
                drained.add(told);
            }
        });
        tables.clear();
        reference = millis.getAsLong();
        return drained;
    }
}
