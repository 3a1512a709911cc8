package dev.firn.connector.cdc.postgres.plan;

import dev.firn.connector.cdc.postgres.ServerIdentity;
import dev.firn.connector.cdc.postgres.SourceTable;
import dev.firn.spi.record.Split;

/**
 * What of a database is read in order by itself, under names that the ledger has: the rows of each table, its changes, and the log, which
 * has no records of its own and counts in bytes.
 *
 * @param incarnation the cluster, its timeline and the database: positions in the log of another mean nothing. A table's has its oid behind
 *     it, for one that was dropped and made anew has other rows
 */
public record DatabaseSplits(String source, String incarnation) {

    /** No table is called like that: each has a schema in front and a dot behind it. */
    static final String LOG = "log";

    /** Of a database: cluster, timeline, name. */
    private static final int PARTS = 3;

    private static final int ROWS = 0;
    private static final int CHANGES = 1;

    public static DatabaseSplits of(String source, ServerIdentity identity) {
        return new DatabaseSplits(source, identity.system() + "/" + identity.timeline() + "/" + identity.database());
    }

    /** Its positions are places in the log. */
    public Split log() {
        return new Split(source, LOG, 0, incarnation);
    }

    /** The rows of a table as they were when it was read for the first time; positions count them. */
    public Split rows(String table, int oid) {
        return new Split(source, table, ROWS, of(oid));
    }

    /** What has happened to a table's rows; positions count that. It is opened when all rows were read. */
    public Split changes(String table, int oid) {
        return new Split(source, table, CHANGES, of(oid));
    }

    public Split rows(SourceTable table) {
        return rows(table.name(), table.oid());
    }

    public Split changes(SourceTable table) {
        return changes(table.name(), table.oid());
    }

    /** Whether the incarnations of two tables differ in these alone. */
    public static boolean areOfOneDatabase(String one, String other) {
        String database = one.substring(0, one.lastIndexOf('/') + 1);
        return database.chars().filter(letter -> letter == '/').count() == PARTS && other.startsWith(database);
    }

    private String of(int oid) {
        return incarnation + "/" + Integer.toUnsignedString(oid);
    }
}
