package dev.firn.connector.cdc.postgres.flink;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import java.util.List;
import java.util.Set;

/** A move of the reader's: what it emits, and what is behind it then. */
sealed interface Step {

    /** What those behind the source are told. */
    SourceEvent event();

    /**
     * The database was opened.
     *
     * @param event opens the split of its log
     * @param split where reading goes on
     */
    record Opened(SourceEvent event, DatabaseSplit split) implements Step {}

    /** A table's rows or changes are opened. */
    record Told(SourceEvent event) implements Step {}

    /**
     * A row as it stood when its table was read.
     *
     * @param key of it, where reading would go on
     */
    record Row(RawRecord event, List<String> key) implements Step {}

    /** All rows of a table were read; its changes follow. */
    record RowsRead(SourceEvent event, String stream) implements Step {}

    /** A change of a row. */
    record Change(RawRecord event) implements Step {}

    /**
     * A transaction was read whole, or nothing of the tables is in the log up to there.
     *
     * @param streams that had changes in it
     */
    record Boundary(SourceEvent.PositionReached event, Set<String> streams) implements Step {}
}
