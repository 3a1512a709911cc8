package dev.firn.connector.cdc.postgres;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@code pgoutput} says, by version 1 of its protocol ("Logical Replication Message Formats" of Postgres' documentation). */
public sealed interface LogMessage {

    /**
     * A transaction's changes follow, all of them and no other's.
     *
     * @param commit where its commit is in the log
     */
    record Begin(Lsn commit, Instant at, int xid) implements LogMessage {}

    /**
     * The transaction is over.
     *
     * @param end the place behind it, from which all that follows it is sent again, and it is not
     */
    record Commit(Lsn commit, Lsn end, Instant at) implements LogMessage {}

    /** The transaction came from another server. */
    record Origin(Lsn commit, String name) implements LogMessage {}

    /** What a table looks like in the changes that follow; said before the first of a stream, and again when it is another. */
    record Relation(int oid, String schema, String table, char replicaIdentity, List<RelationColumn> columns)
            implements LogMessage {

        public Relation {
            columns = List.copyOf(columns);
        }

        /** As selectors have it. */
        public String name() {
            return schema + "." + table;
        }
    }

    /**
     * A column of a relation.
     *
     * @param identity whether it is one of those that say which row a change is about; with full identity all are
     * @param type the type's oid
     * @param modifier of the type, such as a length; -1 for none
     */
    record RelationColumn(boolean identity, String name, int type, int modifier) {}

    /** The name of a type that is not built in. */
    record Type(int oid, String schema, String name) implements LogMessage {}

    record Insert(int relation, Tuple row) implements LogMessage {}

    /**
     * A row is another one now.
     *
     * @param before with full identity the whole row; else its identity, with nulls for the rest, and only if that has changed
     */
    record Update(int relation, Optional<Tuple> before, Tuple row) implements LogMessage {}

    /**
     * A row is gone.
     *
     * @param before the whole row with full identity, else its identity with nulls for the rest
     */
    record Delete(int relation, Tuple before) implements LogMessage {}

    /** All rows of some tables are gone. */
    record Truncate(List<Integer> relations, boolean cascade, boolean restartIdentity) implements LogMessage {

        public Truncate {
            relations = List.copyOf(relations);
        }
    }

    /** Something that a program has put into the log. */
    record Message(boolean transactional, Lsn lsn, String prefix, byte[] content) implements LogMessage {}
}
