package dev.firn.connector.iceberg;

import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.TableRecount.ForeignSnapshot;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.TableMetadata;

/** A table goes back from where it was when that was decided: nobody has agreed to lose what others have done since. */
record RewindGuard(TableMarks marks, long epoch, RewindPointer back) implements CommitGuard {

    @Override
    public void check(TableMetadata base) {
        new EpochGuard(marks, epoch, epoch).check(base);
        TablePast past = TablePast.of(marks, base);
        List<ForeignSnapshot> since = past.since(back.head());
        if (since == null || (back.snapshot() != RewindPointer.NONE && !past.has(back.snapshot()))) {
            throw new CommitRefused("table `" + marks.table() + "` was to go back to epoch " + back.to()
                    + ", but somebody has set it to another snapshot meanwhile; set it to snapshot `" + back.head()
                    + "` again");
        }
        if (!since.isEmpty()) {
            throw new CommitRefused("table `" + marks.table() + "` was to go back to epoch " + back.to()
                    + ", but others have changed it since that was decided: "
                    + since.stream()
                            .map(other -> "snapshot `" + other.id() + "` (" + other.operation() + ")")
                            .collect(Collectors.joining(", "))
                    + ". What they did would be gone; if it may be, "
                    + (back.head() == RewindPointer.NONE
                            ? ""
                            : "set the table to snapshot `" + back.head() + "` yourself, or ")
                    + "rewind to epoch " + back.to() + " once more with `--allow foreign-snapshots`");
        }
    }

    @Override
    public boolean landed(TableMetadata now) {
        return new EpochGuard(marks, epoch, epoch).landed(now);
    }
}
