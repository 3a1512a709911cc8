package dev.firn.connector.cdc.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes what a stream of changes needs, and takes it away again: a publication, which says whose changes, and a slot, for which the server
 * keeps its log. The publication has to be there first: a slot looks at what there was when a change was made.
 */
public final class Slots {

    private final PostgresAddress address;
    private final Connection connection;

    /** @param connection one of the address, that commits each statement */
    public Slots(PostgresAddress address, Connection connection) {
        this.address = address;
        this.connection = connection;
    }

    /**
     * A slot as it is.
     *
     * @param plugin what decodes the log for it; empty for a physical one
     * @param active whether somebody reads it now
     * @param confirmed up to where it was told that all is well; the server sends nothing from before. None before it is ready
     * @param walStatus what is left of the log that it needs; {@code lost} where a part is gone. {@code unknown} below version 13
     * @param temporary whether it goes with the session that made it
     */
    public record Slot(
            String name,
            String plugin,
            String database,
            boolean active,
            Optional<Lsn> confirmed,
            String walStatus,
            boolean temporary) {}

    public Optional<Slot> slot(String name) throws DatabaseFailure {
        return slot(address, connection, name);
    }

    static Optional<Slot> slot(PostgresAddress address, Connection connection, String name) throws DatabaseFailure {
        String ask =
                "SELECT coalesce(plugin::text, ''), coalesce(database::text, ''), active, confirmed_flush_lsn::text,"
                        + " coalesce(wal_status, 'unknown'), temporary FROM pg_replication_slots WHERE slot_name = "
                        + Sql.text(name);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ask)) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new Slot(
                    name,
                    row.getString(1),
                    row.getString(2),
                    row.getBoolean(3),
                    Optional.ofNullable(row.getString(4)).map(Lsn::parse),
                    row.getString(5),
                    row.getBoolean(6)));
        } catch (SQLException e) {
            throw address.failure("slot `" + name + "` can't be asked for", e);
        }
    }

    /** The names of the tables of a publication, {@code schema.table}; empty where there is no such publication. */
    public Optional<Set<String>> published(String name) throws DatabaseFailure {
        String ask = "SELECT t.schemaname || '.' || t.tablename FROM pg_publication p"
                + " LEFT JOIN pg_publication_tables t ON t.pubname = p.pubname WHERE p.pubname = " + Sql.text(name);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ask)) {
            Set<String> tables = new TreeSet<>();
            boolean isThere = false;
            while (row.next()) {
                isThere = true;
                Optional.ofNullable(row.getString(1)).ifPresent(tables::add);
            }
            return isThere ? Optional.of(tables) : Optional.empty();
        } catch (SQLException e) {
            throw address.failure("publication `" + name + "` can't be asked for", e);
        }
    }

    /** Of these tables alone, with all that is done to their rows. */
    public void createPublication(String name, Collection<SourceTable> tables) throws DatabaseFailure {
        execute(createPublicationSql(name, tables), "publication `" + name + "` can't be made");
    }

    static String createPublicationSql(String name, Collection<SourceTable> tables) {
        return "CREATE PUBLICATION " + Sql.name(name) + " FOR TABLE " + only(tables);
    }

    /** Their changes from now on; a snapshot of their rows has to be later. */
    public void addTables(String name, Collection<SourceTable> tables) throws DatabaseFailure {
        execute(addTablesSql(name, tables), "publication `" + name + "` can't be given tables");
    }

    static String addTablesSql(String name, Collection<SourceTable> tables) {
        return "ALTER PUBLICATION " + Sql.name(name) + " ADD TABLE " + only(tables);
    }

    /** Nothing is done for none, or where one of them is not there any more. */
    public void removeTables(String name, Collection<String> tables) throws DatabaseFailure {
        for (String table : tables) {
            int dot = table.indexOf('.');
            execute(
                    "ALTER PUBLICATION " + Sql.name(name) + " DROP TABLE "
                            + Sql.name(table.substring(0, dot), table.substring(dot + 1)),
                    "publication `" + name + "` can't be relieved of table `" + table + "`");
        }
    }

    /** What makes the publication, or gives it tables. */
    public String publishing(String name, boolean isThere, Collection<SourceTable> tables) {
        return isThere ? addTablesSql(name, tables) : createPublicationSql(name, tables);
    }

    /** Each without those that inherit from it, which are tables of their own. */
    private static String only(Collection<SourceTable> tables) {
        return tables.stream().map(table -> "ONLY " + table.sql()).collect(Collectors.joining(", "));
    }

    /**
     * Makes a slot. The server waits for all transactions to end that have written by then, so this may take as long as they do.
     *
     * @return from where on all changes are sent: those of every transaction whose commit is behind it
     */
    public Lsn createSlot(String name) throws DatabaseFailure {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT lsn::text FROM pg_create_logical_replication_slot(?, 'pgoutput')")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Lsn.parse(row.getString(1));
            }
        } catch (SQLException e) {
            throw address.failure("slot `" + name + "` can't be made", e);
        }
    }

    static String createSlotSql(String name) {
        return "SELECT pg_create_logical_replication_slot(" + Sql.text(name) + ", 'pgoutput')";
    }

    /** Lets the log go that was kept for it. Nothing that was not read by then can be read any more. */
    public void dropSlot(String name) throws DatabaseFailure {
        execute(dropSlotSql(name), "slot `" + name + "` can't be dropped");
    }

    static String dropSlotSql(String name) {
        return "SELECT pg_drop_replication_slot(" + Sql.text(name) + ")";
    }

    public void dropPublication(String name) throws DatabaseFailure {
        execute("DROP PUBLICATION " + Sql.name(name), "publication `" + name + "` can't be dropped");
    }

    private void execute(String sql, String otherwise) throws DatabaseFailure {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw address.failure(otherwise, e);
        }
    }
}
