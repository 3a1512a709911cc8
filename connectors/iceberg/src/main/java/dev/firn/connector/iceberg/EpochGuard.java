package dev.firn.connector.iceberg;

import org.apache.iceberg.TableMetadata;

/** Epochs go into a table in their order and once; the marks on the base say how far it is. */
record EpochGuard(TableMarks marks, long first, long last) implements CommitGuard {

    @Override
    public void check(TableMetadata base) {
        long present = marks.lastEpoch(base);
        if (present >= first) {
            throw new EpochAlreadyCommitted(marks.table().full(), present);
        }
    }

    @Override
    public boolean landed(TableMetadata now) {
        return marks.lastEpoch(now) >= last;
    }
}
