package dev.firn.connector.cdc.postgres.flink;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A database as it was read so far: one log, which is read in one order by one reader, whatever number of tables are followed in it.
 *
 * @param incarnation what its positions count in; {@link #NOT_YET_KNOWN} before it was opened
 * @param boundary the end of the last transaction all of which was read; reading goes on behind it
 * @param tables by their streams' names
 */
record DatabaseSplit(String incarnation, long boundary, SortedMap<String, TablePlace> tables) implements SourceSplit {

    static final String NOT_YET_KNOWN = "";

    /** Before a database was opened for the first time. */
    static final DatabaseSplit NEW = new DatabaseSplit(NOT_YET_KNOWN, 0, new TreeMap<>());

    DatabaseSplit {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    boolean isOpened() {
        return !incarnation.equals(NOT_YET_KNOWN);
    }

    @Override
    public String splitId() {
        return "database";
    }
}
