package dev.firn.connector.cdc.postgres;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table as the catalog has it.
 *
 * @param columns all but those that are dropped, in the order of their numbers
 * @param key names of the columns that say which row a change is about, in the order of their index; never none
 */
public record SourceTable(
        int oid, String schema, String table, ReplicaIdentity identity, List<SourceColumn> columns, List<String> key)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What a change says of the row before. */
    public enum ReplicaIdentity {
        /** The primary key. */
        DEFAULT('d'),
        /** The columns of an index. */
        INDEX('i'),
        /** The whole row. */
        FULL('f'),
        /** Nothing, so that the database refuses updates and deletes of a table that is published. */
        NOTHING('n');

        private final char letter;

        ReplicaIdentity(char letter) {
            this.letter = letter;
        }

        static ReplicaIdentity of(char letter) {
            for (ReplicaIdentity identity : values()) {
                if (identity.letter == letter) {
                    return identity;
                }
            }
            throw new IllegalStateException("our bug: a table has the replica identity `" + letter + "`");
        }
    }

    public SourceTable {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** As selectors have it: {@code public.orders}. */
    public String name() {
        return schema + "." + table;
    }

    /** As statements have it: {@code "public"."orders"}. */
    public String sql() {
        return Sql.name(schema, table);
    }

    /** The columns that the log has; it lacks those that the server computes from others, so rows are read without them too. */
    public List<SourceColumn> sent() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }

    /** Where the key's columns are among those that are sent, in the key's order. */
    public List<Integer> keyPlaces() {
        List<String> names = sent().stream().map(SourceColumn::name).toList();
        return key.stream().map(names::indexOf).toList();
    }

    /** Whether a part of a row may be stored apart from it, and not be sent where it has not changed. */
    public boolean mayLeaveOut() {
        List<SourceColumn> sent = sent();
        return identity != ReplicaIdentity.FULL
                && IntStream.range(0, sent.size())
                        .anyMatch(place -> sent.get(place).stored() != 'p');
    }
}
