package dev.firn.connector.iceberg;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A row, or a struct inside one, over the array of values that a decoder has filled; nobody changes it. */
class IcebergRow implements Record {

    private final Types.StructType struct;
    private final @Nullable Object[] values;

    IcebergRow(Types.StructType struct, @Nullable Object[] values) {
        this.struct = struct;
        this.values = values;
    }

    @Override
    public Types.StructType struct() {
        return struct;
    }

    @Override
    public int size() {
        return values.length;
    }

    /** What a file writer takes. */
    @Override
    public @Nullable Object get(int position) {
        return values[position];
    }

    /** What a partition transform takes. */
    @Override
    public <T> @Nullable T get(int position, Class<T> type) {
        return type.cast(values[position]);
    }

    @Override
    public @Nullable Object getField(String name) {
        return values[position(name)];
    }

    @Override
    public <T> void set(int position, T value) {
        throw new UnsupportedOperationException("rows do not change");
    }

    @Override
    public void setField(String name, Object value) {
        throw new UnsupportedOperationException("rows do not change");
    }

    @Override
    public Record copy() {
        return new IcebergRow(struct, values.clone());
    }

    @Override
    public Record copy(Map<String, Object> overwritten) {
        @Nullable Object[] copied = values.clone();
        new HashMap<>(overwritten).forEach((name, value) -> copied[position(name)] = value);
        return new IcebergRow(struct, copied);
    }

    private int position(String name) {
        for (int i = 0; i < values.length; i++) {
            if (struct.fields().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("our bug: a row has no column " + name);
    }
}
