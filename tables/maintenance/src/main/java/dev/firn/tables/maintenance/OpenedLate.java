package dev.firn.tables.maintenance;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;

/** Rows of a file that is opened when its first row is asked for, and closed behind its last. */
record OpenedLate(Supplier<CloseableIterable<Record>> file) implements CloseableIterable<Record> {

    @Override
    public CloseableIterator<Record> iterator() {
        CloseableIterable<Record> opened = file.get();
        CloseableIterator<Record> rows = opened.iterator();
        return new CloseableIterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Record next() {
                return rows.next();
            }

            @Override
            public void close() throws IOException {
                rows.close();
                opened.close();
            }
        };
    }

    @Override
    public void close() {
        // Whoever reads closes the iterator.
    }
}
