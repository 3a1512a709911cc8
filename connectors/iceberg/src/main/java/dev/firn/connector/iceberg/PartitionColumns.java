package dev.firn.connector.iceberg;

import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The columns at the top of a table that its partitions are made of, so that a record's partition is known without the
 * rest. Not thread-safe.
 */
final class PartitionColumns {

    /** An odd number far from small ones: days and buckets are small, and 31 would let many partitions meet. */
    private static final int SPREAD = 0x9E3779B1;

    /** Null is another partition than zero, and far from all small numbers, too. */
    private static final int NULL = 0x85EBCA6B;

    private final SomeColumns columns;
    private final PartitionKey key;
    private final InternalRecordWrapper values;

    PartitionColumns(TableName table, Schema schema, PartitionSpec spec, FileFormat format) {
        this.columns = new SomeColumns(table, schema, names(schema, spec), format);
        Schema some = columns.schema();
        this.key = new PartitionKey(spec, some);
        this.values = new InternalRecordWrapper(some.asStruct());
    }

    /** A struct comes whole, whichever of its fields is asked for. */
    private static Set<String> names(Schema schema, PartitionSpec spec) {
        return schema.columns().stream()
                .filter(column -> spec.fields().stream().anyMatch(field -> holds(column, field.sourceId())))
                .map(Types.NestedField::name)
                .collect(Collectors.toSet());
    }

    private static boolean holds(Types.NestedField column, int id) {
        return column.fieldId() == id || new Schema(column).findField(id) != null;
    }

    SomeColumns columns() {
        return columns;
    }

    /** A number that all records of one partition share. */
    int number(RowDecoder decoder, RawRecord record) throws Rejected {
        key.partition(values.wrap((Record) decoder.decode(record)));
        int number = 0;
        for (int i = 0; i < key.size(); i++) {
            number = number * SPREAD + hash(key.get(i, Object.class));
        }
        return number;
    }

    private static int hash(@Nullable Object value) {
        return value == null ? NULL : value.hashCode();
    }
}
