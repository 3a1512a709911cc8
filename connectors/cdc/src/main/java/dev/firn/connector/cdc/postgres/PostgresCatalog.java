package dev.firn.connector.cdc.postgres;

import dev.firn.connector.cdc.postgres.SourceTable.ReplicaIdentity;
import dev.firn.definition.selector.Selector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a database. Asks over a connection that is its caller's, and keeps nothing but types. */
public final class PostgresCatalog {

    private static final String RELATIONS =
            """
            SELECT c.oid::bigint AS oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
            """;

    private static final String COLUMNS =
            """
            SELECT a.attname, a.attnum, a.atttypid::bigint AS type, a.atttypmod, format_type(a.atttypid, a.atttypmod) AS declared,
                   NOT a.attnotnull AS nullable, a.attgenerated <> '' AS generated, a.attstorage
            FROM pg_attribute a WHERE a.attrelid = ?::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum""";

    /** The primary key, or the index that stands in for it where the replica identity says so. */
    private static final String KEY =
            """
            SELECT a.attname FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey::smallint[]) WITH ORDINALITY AS k(attnum, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = ?::bigint::oid AND k.place <= i.indnkeyatts AND i.indisvalid
              AND CASE WHEN ? THEN i.indisreplident ELSE i.indisprimary END
            ORDER BY k.place""";

    final PostgresAddress address;
    final Connection connection;
    private final PostgresTypes types = new PostgresTypes();

    /** @param connection one of the address, for as long as this is used */
    public PostgresCatalog(PostgresAddress address, Connection connection) {
        this.address = address;
        this.connection = connection;
    }

    /**
     * What selectors select.
     *
     * @param tables in the order of their names
     * @param refused what can't be read, with a sentence for each
     * @param unmatched selectors that select neither
     */
    public record Selected(List<SourceTable> tables, List<Refused> refused, List<Selector> unmatched) {

        public Selected {
            tables = List.copyOf(tables);
            refused = List.copyOf(refused);
            unmatched = List.copyOf(unmatched);
        }
    }

    /**
     * A relation that can't be read.
     *
     * @param reason a sentence, with what would help
     */
    public record Refused(String name, String reason) {}

    private record Relation(int oid, String schema, String table, char kind, char persistence, char identity) {

        String name() {
            return schema + "." + table;
        }
    }

    /** Of the database's relations, but for the system's. */
    public Selected select(List<Selector> selectors, List<Selector> exclude) throws DatabaseFailure {
        try {
            List<SourceTable> tables = new ArrayList<>();
            List<Refused> refused = new ArrayList<>();
            List<Selector> unmatched = new ArrayList<>(selectors);
            for (Relation relation : relations()) {
                String name = relation.name();
                unmatched.removeIf(selector -> selector.matches(name));
                if (matches(selectors, name) && !matches(exclude, name)) {
                    add(relation, tables, refused);
                }
            }
            return new Selected(tables, refused, unmatched);
        } catch (SQLException e) {
            throw address.failure("the tables can't be asked for", e);
        }
    }

    private static boolean matches(List<Selector> selectors, String name) {
        return selectors.stream().anyMatch(selector -> selector.matches(name));
    }

    /** A table as it is now; empty where there is none any more, or none that can be read. */
    public Optional<SourceTable> table(int oid) throws DatabaseFailure {
        try (PreparedStatement statement = connection.prepareStatement(RELATIONS + " AND c.oid = ?::bigint::oid")) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            List<SourceTable> tables = new ArrayList<>();
            for (Relation relation : relations(statement)) {
                add(relation, tables, new ArrayList<>());
            }
            return tables.stream().findFirst();
        } catch (SQLException e) {
            throw address.failure("a table can't be asked for", e);
        }
    }

    /** A type by its oid. */
    public PostgresType type(int oid) throws DatabaseFailure {
        try {
            return types.of(connection, oid);
        } catch (SQLException e) {
            throw address.failure("a type can't be asked for", e);
        }
    }

    /**
     * Up to where the log is written now. A row that is read after this was asked may lack a change from before it, for a
     * transaction is in the log a moment before others see it.
     */
    public Lsn now() throws DatabaseFailure {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
            row.next();
            return Lsn.parse(row.getString(1));
        } catch (SQLException e) {
            throw address.failure("the end of the log can't be asked for", e);
        }
    }

    /** A new transaction, which is over with this; all that have written by now are before it. A snapshot's end would not do: it lies behind the last that is over. */
    public String newTransaction() throws DatabaseFailure {
        return asked("SELECT pg_current_xact_id()::text");
    }

    /**
     * Whether all transactions before one are over for everybody who looks from now on. One whose commit is in the log, and so before a slot that was made
     * meanwhile, may not be seen for as long as a synchronous standby takes: rows that are read before that lack what it has done.
     */
    public boolean areOver(String before) throws DatabaseFailure {
        return asked("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= '" + before + "'::xid8")
                .equals("t");
    }

    private String asked(String sql) throws DatabaseFailure {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw address.failure("transactions under way can't be asked for", e);
        }
    }

    private List<Relation> relations() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(RELATIONS + " ORDER BY n.nspname COLLATE \"C\", c.relname COLLATE \"C\"")) {
            return relations(statement);
        }
    }

    private static List<Relation> relations(PreparedStatement statement) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                relations.add(new Relation(
                        (int) row.getLong("oid"),
                        row.getString("nspname"),
                        row.getString("relname"),
                        row.getString("relkind").charAt(0),
                        row.getString("relpersistence").charAt(0),
                        row.getString("relreplident").charAt(0)));
            }
        }
        return relations;
    }

    private void add(Relation relation, List<SourceTable> tables, List<Refused> refused) throws SQLException {
        String unread = unread(relation);
        if (unread != null) {
            refused.add(new Refused(relation.name(), unread));
            return;
        }
        ReplicaIdentity identity = ReplicaIdentity.of(relation.identity());
        List<String> key = key(relation.oid(), identity == ReplicaIdentity.INDEX);
        String sql = Sql.name(relation.schema(), relation.table());
        if (key.isEmpty()) {
            refused.add(new Refused(
                    relation.name(),
                    "it has no primary key, and nothing else says which row a change is about:"
                            + " `ALTER TABLE " + sql + " ADD PRIMARY KEY (...)`, or `ALTER TABLE " + sql
                            + " REPLICA IDENTITY USING INDEX ...` with a unique index of columns that are not null"));
            return;
        }
        List<SourceColumn> columns = columns(relation.oid());
        if (columns.stream().anyMatch(column -> column.generated() && key.contains(column.name()))) {
            refused.add(new Refused(
                    relation.name(),
                    "a column of its key is generated, and the log has no generated columns: `ALTER TABLE " + sql
                            + " REPLICA IDENTITY USING INDEX ...` with a unique index of others that are not null"));
            return;
        }
        if (identity == ReplicaIdentity.NOTHING) {
            refused.add(new Refused(
                    relation.name(),
                    "its replica identity is `NOTHING`, so once it is published the database refuses its updates and deletes:"
                            + " `ALTER TABLE " + sql + " REPLICA IDENTITY DEFAULT`"));
            return;
        }
        tables.add(new SourceTable(relation.oid(), relation.schema(), relation.table(), identity, columns, key));
    }

    /** Why the changes of a relation are in no log, or not as its own. */
    private static @Nullable String unread(Relation relation) {
        switch (relation.kind()) {
            case 'v', 'm':
                return "it is a view, and the log has no changes of views: name the tables that it is made from";
            case 'f':
                return "it is a foreign table, and its changes are in the log of another server";
            case 'p':
                return "it is partitioned, and the log has the changes of its partitions: name those, each is a table";
            default:
                break;
        }
        switch (relation.persistence()) {
            case 'u':
                return "it is unlogged, so its changes are in no log: `ALTER TABLE "
                        + Sql.name(relation.schema(), relation.table()) + " SET LOGGED`";
            case 't':
                return "it is temporary, and its session's alone";
            default:
                return null;
        }
    }

    private List<String> key(int oid, boolean identity) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEY)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            statement.setBoolean(2, identity);
            List<String> key = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    key.add(row.getString(1));
                }
            }
            return key;
        }
    }

    private List<SourceColumn> columns(int oid) throws SQLException {
        List<SourceColumn> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new SourceColumn(
                            row.getString("attname"),
                            row.getInt("attnum"),
                            types.of(connection, (int) row.getLong("type")),
                            row.getInt("atttypmod"),
                            row.getString("declared"),
                            row.getBoolean("nullable"),
                            row.getBoolean("generated"),
                            row.getString("attstorage").charAt(0)));
                }
            }
        }
        return columns;
    }
}
