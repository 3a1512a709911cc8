package dev.firn.connector.cdc.postgres;

import dev.firn.connector.cdc.postgres.DatabaseFailure.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a table in the order of its key, chunk by chunk. Each chunk is a transaction by itself, so nothing holds back the server's
 * vacuum for longer than that takes; rows that change between two chunks are in the log. The texts of the last key say where the
 * next chunk begins, and the database compares them, by the types and collations that it has.
 */
public final class TableRows {

    /** By which the index of a key of this type is ordered, of a type that is not built in. */
    private static final String GREATER =
            """
            SELECT n.nspname, o.oprname FROM pg_opclass c
            JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
            JOIN pg_amop a ON a.amopfamily = c.opcfamily AND a.amoplefttype = c.opcintype
                 AND a.amoprighttype = c.opcintype AND a.amopstrategy = 5
            JOIN pg_operator o ON o.oid = a.amopopr JOIN pg_namespace n ON n.oid = o.oprnamespace
            WHERE c.opcdefault AND c.opcintype = ?::bigint::oid""";

    private final PostgresCatalog catalog;
    private final SourceTable table;
    private final List<SourceColumn> key;
    private final int columns;
    private @Nullable List<String> greater;

    /** @param catalog whose connection is used, and by no one else while a chunk is open */
    public TableRows(PostgresCatalog catalog, SourceTable table) {
        this.catalog = catalog;
        this.table = table;
        List<SourceColumn> sent = table.sent();
        this.columns = sent.size();
        this.key = table.keyPlaces().stream().map(sent::get).toList();
    }

    /**
     * Begins to read a chunk.
     *
     * @param behind the texts of a key, of whose row and of all before it nothing is read; empty for the first chunk
     * @param limit how many rows at most
     * @throws DatabaseFailure of kind {@code CHANGED} if the table is not any more what it was when the catalog was asked
     */
    public Chunk open(Optional<List<String>> behind, int limit) throws DatabaseFailure {
        Connection connection = catalog.connection;
        boolean opened = false;
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("LOCK TABLE ONLY " + table.sql() + " IN ACCESS SHARE MODE");
            }
            if (!catalog.table(table.oid()).equals(Optional.of(table))) {
                throw new DatabaseFailure(
                        Kind.CHANGED,
                        catalog.address.inWords() + ": table `" + table.name()
                                + "` is not what it was when its rows were begun");
            }
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement(behind, limit));
            opened = true;
            return new Chunk(copy, limit);
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            if (!opened) {
                end(connection);
            }
        }
    }

    private String statement(Optional<List<String>> behind, int limit) throws SQLException {
        String names = Sql.names(table.sent().stream().map(SourceColumn::name).toList());
        String from = "SELECT " + names + " FROM ONLY " + table.sql();
        String where = behind.isPresent() ? " WHERE " + isBehind(behind.get()) : "";
        return "COPY (" + from + where + " ORDER BY " + Sql.names(table.key()) + " LIMIT " + limit + ") TO STDOUT";
    }

    private String isBehind(List<String> texts) throws SQLException {
        if (texts.size() != key.size()) {
            throw new IllegalStateException("our bug: table `" + table.name() + "` has a key of " + key.size()
                    + " columns, and not of " + texts.size());
        }
        List<String> places = new ArrayList<>();
        for (int column = 0; column < texts.size(); column++) {
            places.add("CAST(" + Sql.text(texts.get(column)) + " AS "
                    + key.get(column).declared() + ")");
        }
        List<String> operators = greater();
        if (operators.stream().distinct().count() == 1) {
            return "(" + Sql.names(table.key()) + ") " + operators.get(0) + " (" + String.join(", ", places) + ")";
        }
        // There is no comparing of rows by several operators. What is neither greater nor less is equal, also where
        // texts differ.
        String condition = "false";
        for (int column = places.size() - 1; column >= 0; column--) {
            String name = Sql.name(table.key().get(column));
            String operator = " " + operators.get(column) + " ";
            String place = places.get(column);
            condition =
                    "(" + name + operator + place + " OR (NOT " + place + operator + name + " AND " + condition + "))";
        }
        return condition;
    }

    /** With its schema where it is an extension's: with the system's alone on the path, another would be found that compares otherwise. */
    private List<String> greater() throws SQLException {
        List<String> known = greater;
        if (known == null) {
            known = new ArrayList<>();
            for (SourceColumn column : key) {
                known.add(greater(column.type()));
            }
            greater = known;
        }
        return known;
    }

    private String greater(PostgresType type) throws SQLException {
        if (type.kind() == PostgresType.Kind.DOMAIN && type.of() != null) {
            return greater(type.of());
        }
        if (!type.isBuiltIn()) {
            try (PreparedStatement statement = catalog.connection.prepareStatement(GREATER)) {
                statement.setLong(1, Integer.toUnsignedLong(type.oid()));
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        return "OPERATOR(" + Sql.name(row.getString(1)) + "." + row.getString(2) + ")";
                    }
                }
            }
        }
        return "OPERATOR(pg_catalog.>)";
    }

    private DatabaseFailure failure(SQLException e) {
        return catalog.address.failure("the rows of table `" + table.name() + "` can't be read", e);
    }

    private static void end(Connection connection) throws DatabaseFailure {
        try {
            // Nothing was written; so ends a failed one too.
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is of no use any more, as the next statement will say.
        }
    }

    /** Rows of a chunk, one by one as they come from the connection. Closing one early reads what is left of it. */
    public final class Chunk implements AutoCloseable {

        private final CopyOut copy;
        private final int limit;
        private int rows;
        private @Nullable Tuple last;

        private Chunk(CopyOut copy, int limit) {
            this.copy = copy;
            this.limit = limit;
        }

        /** The next row, with a text for each column that the log has; empty at the chunk's end. */
        public Optional<Tuple> next() throws DatabaseFailure {
            try {
                byte[] line = copy.isActive() ? copy.readFromCopy() : null;
                if (line == null) {
                    return Optional.empty();
                }
                last = CopyText.tuple(line, columns);
                rows++;
                return Optional.of(last);
            } catch (SQLException e) {
                throw failure(e);
            }
        }

        /** How many rows there were. */
        public int rows() {
            return rows;
        }

        /** Once there is no next row: whether the table had no more of them, and not the chunk no more room. */
        public boolean isLast() {
            return rows < limit;
        }

        /** The key of the latest row; empty if there was none. */
        public Optional<List<String>> key() {
            return Optional.ofNullable(last).map(row -> row.texts(table.keyPlaces()));
        }

        @Override
        public void close() throws DatabaseFailure {
            try {
                // A cancellation goes by another connection, and may come when another statement is there to be
                // cancelled.
                while (copy.isActive() && copy.readFromCopy() != null) {
                    // Let go of.
                }
            } catch (SQLException e) {
                throw failure(e);
            } finally {
                end(catalog.connection);
            }
        }
    }

    /** The lines of COPY's text format. */
    static final class CopyText {

        private CopyText() {}

        static Tuple tuple(byte[] line, int columns) {
            byte[][] texts = new byte[columns][];
            int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
            int column = 0;
            int start = 0;
            for (int at = 0; at <= end; at++) {
                if (at == end || line[at] == '\t') {
                    if (column == columns) {
                        throw new IllegalStateException(
                                "our bug: a row has more texts than columns, which are " + columns);
                    }
                    texts[column++] = text(line, start, at);
                    start = at + 1;
                }
            }
            if (column != columns) {
                throw new IllegalStateException("our bug: a row has " + column + " texts, and not " + columns);
            }
            return new Tuple(texts);
        }

        private static byte @Nullable [] text(byte[] line, int from, int to) {
            if (to - from == 2 && line[from] == '\\' && line[from + 1] == 'N') {
                return null;
            }
            byte[] text = new byte[to - from];
            int length = 0;
            for (int at = from; at < to; at++) {
                text[length++] = line[at] == '\\' ? escaped(line[++at]) : line[at];
            }
            return length == text.length ? text : Arrays.copyOf(text, length);
        }

        private static byte escaped(byte letter) {
            return switch (letter) {
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'v' -> 0x0b;
                default -> letter;
            };
        }
    }
}
