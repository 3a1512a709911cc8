package dev.firn.flink.preview;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.QuarantinedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of records.
 *
 * @param rows of each table, in the order in which the records came
 * @param rejected what would go to quarantine, with its reasons
 * @param leftOut how many records each table has not got for its `where`, which is the empty text, or for a rule
 * @param tombstones records without a value, which are no rows
 */
public record Previewed(
        SortedMap<TableName, Rows> rows,
        List<QuarantinedRecord> rejected,
        SortedMap<TableName, SortedMap<String, Long>> leftOut,
        long tombstones) {

    public Previewed {
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
        rejected = List.copyOf(rejected);
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }

    /** Rows of one table, and the columns that they are of. */
    public record Rows(TableSchema schema, List<Row> rows) {
        public Rows {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row and the record that it was made of.
     *
     * @param values in the order of the columns; a struct's are a {@code Map} by name
     */
    public record Row(RawRecord record, List<@Nullable Object> values) {
        public Row {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }
}
