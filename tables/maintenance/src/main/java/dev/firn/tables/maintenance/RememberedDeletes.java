package dev.firn.tables.maintenance;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.BaseDeleteLoader;

/** Delete files that concern many files of a group are read once, as far as they fit. One thread's. */
final class RememberedDeletes extends BaseDeleteLoader {

    private final Map<String, Object> loaded = new HashMap<>();
    private long left;

    /** @param most bytes that may be remembered */
    RememberedDeletes(Table table, long most) {
        super(file -> table.io().newInputFile(file.path().toString()));
        this.left = most;
    }

    @Override
    protected synchronized boolean canCache(long size) {
        return size <= left;
    }

    @Override
    @SuppressWarnings("unchecked") // What was loaded under a name is what is asked for under it.
    protected <V> V getOrLoad(String key, Supplier<V> load, long size) {
        synchronized (this) {
            Object known = loaded.get(key);
            if (known != null) {
                return (V) known;
            }
        }
        V value = load.get();
        synchronized (this) {
            if (loaded.put(key, value) == null) {
                left -= size;
            }
        }
        return value;
    }
}
