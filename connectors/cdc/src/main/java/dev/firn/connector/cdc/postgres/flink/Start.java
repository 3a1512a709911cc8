package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.postgres.SourceTable;
import dev.firn.connector.cdc.postgres.plan.DatabaseSplits;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a database is read from: Flink's state says it to the record, the ledger to the last whole transaction. The state counts unless the
 * ledger is ahead of it. Then, and where there is no state, what the ledger has not named is read once more: the rows of a table all of which it does not
 * have, and the transaction in which it ends. That changes nothing in a table whose rows are replaced by their keys, for all that came later
 * is read again behind it, in its order.
 *
 * @param split where to go on; its log begins at {@link #NOWHERE} where nobody knows a place
 * @param followed tables whose changes were read before
 */
record Start(DatabaseSplit split, Set<String> followed) {

    Start {
        followed = Set.copyOf(followed);
    }

    /** Nothing was read yet, so that it begins where the slot does. */
    static final long NOWHERE = 0;

    boolean isFirst() {
        return split.boundary() == NOWHERE;
    }

    /** Whether changes of a table were read before. */
    boolean hasFollowed(String table) {
        return followed.contains(table);
    }

    /**
     * @param splits of the database as it is now
     * @param tables that the file reads, as they are now
     * @param startsWithRows whether a table that nobody knows is read row by row before its changes are
     * @throws RuntimeException if the positions count in another database or table, or in this one of before a standby took over
     */
    static Start of(
            DatabaseSplits splits,
            Collection<SourceTable> tables,
            boolean startsWithRows,
            DatabaseSplit saved,
            StartPositions ledger) {
        if (saved.isOpened() && !saved.incarnation().equals(splits.incarnation())) {
            throw ReadFailures.another(splits, saved.incarnation());
        }
        long boundary = position(splits.log(), ledger).orElse(NOWHERE);
        boolean bySaved = saved.isOpened() && !isBehind(saved, splits, tables, ledger);
        SortedMap<String, TablePlace> places = new TreeMap<>();
        Set<String> followed = new HashSet<>();
        for (SourceTable table : tables) {
            TablePlace place = saved.tables().get(table.name());
            if ((place != null && place.isComplete())
                    || position(splits.changes(table), ledger).isPresent()) {
                followed.add(table.name());
            }
            places.put(
                    table.name(),
                    bySaved && place != null
                            ? now(splits, table, place)
                            : inLedger(table, splits, startsWithRows, ledger));
        }
        return new Start(
                new DatabaseSplit(splits.incarnation(), bySaved ? saved.boundary() : boundary, places), followed);
    }

    /** Rows that were read by another key begin anew: behind its last value there may be others than by this one. */
    private static TablePlace now(DatabaseSplits splits, SourceTable table, TablePlace place) {
        if (place.oid() != table.oid()) {
            throw ReadFailures.madeAnew(splits.source(), table.name());
        }
        return place.key().equals(table.key())
                ? place
                : new TablePlace(
                        place.oid(),
                        table.key(),
                        place.rows(),
                        null,
                        place.isComplete(),
                        place.changes(),
                        place.changesAtBoundary());
    }

    private static boolean isBehind(
            DatabaseSplit saved, DatabaseSplits splits, Collection<SourceTable> tables, StartPositions ledger) {
        if (Long.compareUnsigned(position(splits.log(), ledger).orElse(NOWHERE), saved.boundary()) > 0) {
            return true;
        }
        for (SourceTable table : tables) {
            TablePlace place = saved.tables().get(table.name());
            if (place != null && isBehind(table, place, splits, ledger)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBehind(SourceTable table, TablePlace place, DatabaseSplits splits, StartPositions ledger) {
        return position(splits.rows(table), ledger).orElse(0) > place.rows()
                || position(splits.changes(table), ledger).orElse(0) > place.changes();
    }

    private static TablePlace inLedger(
            SourceTable table, DatabaseSplits splits, boolean startsWithRows, StartPositions ledger) {
        long rows = position(splits.rows(table), ledger).orElse(0);
        OptionalLong changes = position(splits.changes(table), ledger);
        long next = changes.orElse(0);
        return new TablePlace(table.oid(), table.key(), rows, null, changes.isPresent() || !startsWithRows, next, next);
    }

    private static OptionalLong position(Split split, StartPositions ledger) {
        StartPositions.Known known = ledger.of(split).orElse(null);
        if (known == null) {
            return OptionalLong.empty();
        }
        if (!known.incarnation().equals(split.incarnation())) {
            throw DatabaseSplits.areOfOneDatabase(known.incarnation(), split.incarnation())
                    ? ReadFailures.madeAnew(split.source(), split.stream())
                    : ReadFailures.another(split, known.incarnation());
        }
        return OptionalLong.of(known.position());
    }
}
