package dev.firn.tables.maintenance;

import dev.firn.spi.source.OutsideException;
import java.io.IOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;

/** All rows of a file, which must be as many as the metadata says: what is rewritten from fewer would be all that is left. */
record CountedRows(DataFile file, CloseableIterable<Record> rows) implements CloseableIterable<Record> {

    @Override
    public CloseableIterator<Record> iterator() {
        CloseableIterator<Record> each = rows.iterator();
        return new CloseableIterator<>() {
            private long count;

            @Override
            public boolean hasNext() {
                boolean more = each.hasNext();
                if (!more && count != file.recordCount()) {
                    throw new OutsideException("`" + file.path() + "` holds " + count + " rows, and the metadata says "
                            + file.recordCount());
                }
                return more;
            }

            @Override
            public Record next() {
                count++;
                return each.next();
            }

            @Override
            public void close() throws IOException {
                each.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
