package dev.firn.connector.iceberg;

import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.RowKeys;
import dev.firn.spi.source.OutsideException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The columns that tell the rows of one table apart; none of them is ever null in a row. */
final class KeyColumns {

    /**
     * Some values of the first two are not equal to themselves; Iceberg's generic reader does not find the rows that a delete by a UUID
     * is about.
     */
    private static final Set<Type.TypeID> UNSUITED =
            EnumSet.of(Type.TypeID.FLOAT, Type.TypeID.DOUBLE, Type.TypeID.UUID);

    private static final Set<Type.TypeID> UNEQUAL = EnumSet.of(Type.TypeID.FLOAT, Type.TypeID.DOUBLE);

    /** Far from small numbers, which keys often are. */
    private static final int SPREAD = 0x9E3779B1;

    /** What a file calls them. */
    private static final String KEY = "its `key`";

    private static final String KEY_OF_UNIQUE = "the `key` of its `unique`";

    private final TableName table;
    private final SomeColumns columns;
    private final Types.StructType row;

    /** By their ids: others may change the order of a table's columns while some writers still have the old one. */
    private final List<Types.NestedField> fields;

    private final int[] inRow;
    private final int[] inKey;

    /** @throws OutsideException if the table lacks one of them, or readers can't tell rows apart by it */
    KeyColumns(TableName table, Schema schema, List<String> names, FileFormat format) {
        this(table, schema, names, format, new Kind(KEY, UNSUITED));
    }

    /** Those by which a writer alone tells rows apart. */
    static KeyColumns ofUnique(TableName table, Schema schema, List<String> names, FileFormat format) {
        return new KeyColumns(table, schema, names, format, new Kind(KEY_OF_UNIQUE, UNEQUAL));
    }

    /** What the columns are for, in words, and of which types they can't be. */
    private record Kind(String words, Set<Type.TypeID> unsuited) {}

    private KeyColumns(TableName table, Schema schema, List<String> names, FileFormat format, Kind kind) {
        this.table = table;
        this.row = schema.asStruct();
        this.fields = names.stream()
                .map(name -> field(table, schema, name, kind))
                .sorted(Comparator.comparingInt(Types.NestedField::fieldId))
                .toList();
        this.columns = new SomeColumns(table, schema, new TreeSet<>(names), format);
        this.inRow = places(schema);
        this.inKey = places(columns.schema());
    }

    private static Types.NestedField field(TableName table, Schema schema, String name, Kind kind) {
        return schema.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .map(column -> suited(table, column, kind))
                .orElseThrow(() -> new OutsideException(
                        "table `" + table + "` has no column `" + name + "`, which is in " + kind.words()));
    }

    private static Types.NestedField suited(TableName table, Types.NestedField column, Kind kind) {
        if (!column.type().isPrimitiveType()
                || kind.unsuited().contains(column.type().typeId())) {
            throw new OutsideException("table `" + table + "` has the column `" + column.name() + "` in " + kind.words()
                    + ", and readers can't tell rows apart by its type: " + column.type());
        }
        return column;
    }

    private int[] places(Schema schema) {
        return fields.stream()
                .mapToInt(field -> schema.columns().stream()
                        .map(Types.NestedField::fieldId)
                        .toList()
                        .indexOf(field.fieldId()))
                .toArray();
    }

    SomeColumns columns() {
        return columns;
    }

    int[] ids() {
        return fields.stream().mapToInt(Types.NestedField::fieldId).toArray();
    }

    /** Whether rows of one key are always in one partition. */
    boolean decides(PartitionSpec spec) {
        Set<Integer> ids = new TreeSet<>(Arrays.stream(ids()).boxed().toList());
        return spec.fields().stream().allMatch(field -> ids.contains(field.sourceId()));
    }

    /**
     * A number that all records of one key share, whatever the table's columns have been widened to.
     *
     * @throws Rejected if the key can't be read, or has a null
     */
    int number(RowDecoder decoder, RawRecord record) throws Rejected {
        Record key = (Record) decoder.decode(record);
        List<Object> values = new ArrayList<>(inKey.length);
        for (int place : inKey) {
            values.add(notNull(key.get(place, Object.class)));
        }
        return number(values);
    }

    /** The same of values in the order of {@link #names}. */
    static int number(List<?> values) {
        int number = 0;
        for (Object value : values) {
            number = number * SPREAD + hash(value);
        }
        return number;
    }

    /** In the order in which the values of a key are told. */
    List<String> names() {
        return fields.stream().map(Types.NestedField::name).toList();
    }

    /** The values of a row's key. */
    List<Object> values(Record row) {
        List<Object> values = new ArrayList<>(inRow.length);
        for (int at = 0; at < inRow.length; at++) {
            values.add(value(row, at));
        }
        return values;
    }

    private Object notNull(@Nullable Object value) throws Rejected {
        if (value == null) {
            // A row may get a default there, which one writer alone would have to take for all records.
            throw RowKeys.withoutKey(table);
        }
        return value;
    }

    /**
     * A row of the table with nothing in it but its key.
     *
     * @param decoder of the key's columns
     * @throws Rejected if the key can't be read, or has a null
     */
    Record keyAlone(RowDecoder decoder, RawRecord record) throws Rejected {
        Record key = (Record) decoder.decode(record);
        @Nullable Object[] values = new Object[row.fields().size()];
        for (int at = 0; at < inKey.length; at++) {
            values[inRow[at]] = notNull(key.get(inKey[at], Object.class));
        }
        return new IcebergRow(row, values);
    }

    private static int hash(Object value) {
        if (value instanceof Integer whole) {
            return Long.hashCode(whole);
        }
        return value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode();
    }

    /** The key of a row, which is equal to that of another row of the same columns if it is the same. */
    Object of(Record row) {
        if (inRow.length == 1) {
            return value(row, 0);
        }
        return values(row);
    }

    private Object value(Record row, int at) {
        Object value = row.get(inRow[at], Object.class);
        if (value == null) {
            throw new IllegalStateException("our bug: a row of " + table + " without a value of its key's `"
                    + fields.get(at).name() + "`");
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }

    /** A row of the key alone, of the columns' order, as a file takes it. */
    Record deleted(Record row) {
        @Nullable Object[] values = new Object[inKey.length];
        for (int at = 0; at < inKey.length; at++) {
            values[inKey[at]] = row.get(inRow[at]);
        }
        return new IcebergRow(columns.schema().asStruct(), values);
    }
}
