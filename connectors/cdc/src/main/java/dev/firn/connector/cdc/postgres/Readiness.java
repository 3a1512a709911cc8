package dev.firn.connector.cdc.postgres;

import dev.firn.connector.cdc.postgres.Slots.Slot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a database has what a stream of changes needs. Looks, and changes nothing; each lack comes with the SQL that mends it. */
public final class Readiness {

    /** Below, a slot that was left behind does not say so. */
    private static final int OLDEST_VERSION = 13;

    /** From here on a publication may leave out rows and columns. */
    private static final int VERSION_OF_FILTERS = 15;

    private static final int VERSION_FACTOR = 10_000;

    private final PostgresAddress address;
    private final Connection connection;
    private final Collection<SourceTable> tables;
    private final String publication;
    private final String slot;
    private final List<Lack> lacks = new ArrayList<>();

    private Readiness(
            PostgresAddress address,
            Connection connection,
            Collection<SourceTable> tables,
            String publication,
            String slot) {
        this.address = address;
        this.connection = connection;
        this.tables = tables;
        this.publication = publication;
        this.slot = slot;
    }

    /**
     * What is not as it should be.
     *
     * @param sentence says what is so and why it matters
     * @param sql statements for who administers the database, or what to do where no statement helps
     */
    public record Lack(Weight weight, What what, String sentence, String sql) {}

    public enum Weight {
        /** Nothing can be read like this. */
        REQUIRED,
        /** It works, and what the sentence says may happen. */
        ADVICE
    }

    /** What it is about; {@link Slots} can make the latter two, and the first of each. */
    public enum What {
        VERSION,
        WAL_LEVEL,
        PRIVILEGE,
        ROOM,
        TABLE,
        RETENTION,
        PUBLICATION_MISSING,
        PUBLICATION,
        SLOT_MISSING,
        SLOT
    }

    /**
     * Looks at everything.
     *
     * @param connection one of the address
     * @return in the order in which they are to be mended; empty where all is well
     */
    public static List<Lack> of(
            PostgresAddress address,
            Connection connection,
            Collection<SourceTable> tables,
            String publication,
            String slot)
            throws DatabaseFailure {
        Readiness readiness = new Readiness(address, connection, tables, publication, slot);
        try {
            readiness.look();
        } catch (SQLException e) {
            throw address.failure("what it needs for changes to be read can't be asked for", e);
        }
        return List.copyOf(readiness.lacks);
    }

    private void look() throws SQLException, DatabaseFailure {
        int version = Integer.parseInt(ask("SHOW server_version_num")) / VERSION_FACTOR;
        if (version < OLDEST_VERSION) {
            required(
                    What.VERSION,
                    "the server is Postgres " + version + ", and it has to be " + OLDEST_VERSION + " or newer",
                    "-- a newer server");
            return;
        }
        server();
        privileges();
        retention();
        tables.forEach(this::identity);
        publication(version);
        Slots.slot(address, connection, slot).ifPresentOrElse(this::slot, this::noSlot);
    }

    private void server() throws SQLException {
        String level = ask("SHOW wal_level");
        if (!level.equals("logical")) {
            required(
                    What.WAL_LEVEL,
                    "`wal_level` is `" + level + "`, and the log has changes of rows with `logical` alone",
                    "ALTER SYSTEM SET wal_level = 'logical'; -- and restart the server");
        }
        room(
                "max_replication_slots",
                "SELECT count(*) FROM pg_replication_slots WHERE slot_name <> " + Sql.text(slot),
                "slots");
        room("max_wal_senders", "SELECT count(*) FROM pg_stat_replication", "streams");
    }

    private void room(String setting, String taken, String what) throws SQLException {
        int most = Integer.parseInt(ask("SHOW " + setting));
        int now = Integer.parseInt(ask(taken));
        if (now >= most) {
            required(
                    What.ROOM,
                    "all " + most + " " + what + " that `" + setting + "` allows are taken",
                    "ALTER SYSTEM SET " + setting + " = " + (now + 4) + "; -- and restart the server");
        }
    }

    private void privileges() throws SQLException {
        String user = Sql.name(address.user());
        boolean replicates = is("SELECT r.rolreplication OR r.rolsuper OR EXISTS (SELECT 1 FROM pg_roles m"
                + " WHERE m.rolname = 'rds_replication' AND pg_has_role(r.oid, m.oid, 'MEMBER'))"
                + " FROM pg_roles r WHERE r.rolname = current_user");
        if (!replicates) {
            required(
                    What.PRIVILEGE,
                    "user `" + address.user() + "` may not replicate",
                    "ALTER ROLE " + user + " REPLICATION;");
        }
        Set<String> schemas = new HashSet<>();
        for (SourceTable table : tables) {
            boolean enters = is(
                    "SELECT has_schema_privilege(" + Sql.text(Sql.name(table.schema())) + "::regnamespace, 'USAGE')");
            if (!enters && schemas.add(table.schema())) {
                required(
                        What.PRIVILEGE,
                        "user `" + address.user() + "` may not look into schema `" + table.schema() + "`",
                        "GRANT USAGE ON SCHEMA " + Sql.name(table.schema()) + " TO " + user + ";");
            }
            readable(table, user);
        }
    }

    private void readable(SourceTable table, String user) throws SQLException {
        String oid = Integer.toUnsignedString(table.oid());
        if (!is("SELECT has_table_privilege(" + oid + "::oid, 'SELECT')")) {
            required(
                    What.PRIVILEGE,
                    "user `" + address.user() + "` may not read table `" + table.name() + "`",
                    "GRANT SELECT ON " + table.sql() + " TO " + user + ";");
        }
        if (is("SELECT row_security_active(" + oid + "::oid)")) {
            required(
                    What.PRIVILEGE,
                    "row security keeps rows of table `" + table.name() + "` from user `" + address.user()
                            + "`, and the log has the changes of all",
                    "ALTER ROLE " + user + " BYPASSRLS;");
        }
    }

    private void retention() throws SQLException {
        String kept = ask("SHOW max_slot_wal_keep_size");
        if (kept.equals("-1")) {
            advice(
                    What.RETENTION,
                    "`max_slot_wal_keep_size` is not limited, so while nobody reads, the server keeps its log until the disk is full",
                    "ALTER SYSTEM SET max_slot_wal_keep_size = '50GB'; SELECT pg_reload_conf(); -- as much as the disk can spare");
        } else {
            advice(
                    What.RETENTION,
                    "`max_slot_wal_keep_size` is `" + kept
                            + "`: a reader that is further behind than that finds its slot lost, and has to"
                            + " read all rows anew",
                    "-- nothing, if that is meant so");
        }
    }

    private void identity(SourceTable table) {
        if (table.mayLeaveOut()) {
            advice(
                    What.TABLE,
                    "table `" + table.name()
                            + "` does not send large values again that an update has left as they are, and such a row"
                            + " goes to quarantine",
                    "ALTER TABLE " + table.sql() + " REPLICA IDENTITY FULL;");
        }
    }

    private void publication(int version) throws SQLException {
        String name = Sql.text(publication);
        if (!is("SELECT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = " + name + ")")) {
            required(
                    What.PUBLICATION_MISSING,
                    "there is no publication `" + publication + "`",
                    Slots.createPublicationSql(publication, tables) + ";");
            return;
        }
        if (!is("SELECT pubinsert AND pubupdate AND pubdelete AND pubtruncate FROM pg_publication WHERE pubname = "
                + name)) {
            required(
                    What.PUBLICATION,
                    "publication `" + publication + "` leaves out some of what is done to rows",
                    "ALTER PUBLICATION " + Sql.name(publication)
                            + " SET (publish = 'insert, update, delete, truncate');");
        }
        published(name);
        if (version >= VERSION_OF_FILTERS) {
            whole(name);
        }
    }

    private void published(String name) throws SQLException {
        Set<String> published =
                names("SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = " + name);
        List<SourceTable> missing = tables.stream()
                .filter(table -> !published.contains(table.name()))
                .toList();
        if (!missing.isEmpty()) {
            required(
                    What.PUBLICATION,
                    "publication `" + publication + "` lacks "
                            + missing.stream()
                                    .map(table -> "`" + table.name() + "`")
                                    .collect(Collectors.joining(", ")),
                    Slots.addTablesSql(publication, missing) + ";");
        }
    }

    /** Without a filter of rows, or a list of columns. */
    private void whole(String name) throws SQLException {
        Set<String> filtered = names(
                "SELECT r.prrelid::bigint::text FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid"
                        + " WHERE p.pubname = " + name + " AND (r.prqual IS NOT NULL OR r.prattrs IS NOT NULL)");
        for (SourceTable table : tables) {
            if (filtered.contains(Integer.toUnsignedString(table.oid()))) {
                String publicationSql = Sql.name(publication);
                required(
                        What.PUBLICATION,
                        "publication `" + publication + "` leaves out rows or columns of `" + table.name() + "`",
                        "ALTER PUBLICATION " + publicationSql + " DROP TABLE " + table.sql() + "; "
                                + Slots.addTablesSql(publication, List.of(table)) + ";");
            }
        }
    }

    private void noSlot() {
        required(What.SLOT_MISSING, "there is no slot `" + slot + "`", Slots.createSlotSql(slot) + ";");
    }

    private void slot(Slot found) {
        String anew = Slots.dropSlotSql(slot) + "; " + Slots.createSlotSql(slot) + "; -- and read all rows anew";
        Map<String, Boolean> wrong = new LinkedHashMap<>();
        wrong.put(
                "is read by `" + found.plugin() + "` and not by `pgoutput`",
                !found.plugin().equals("pgoutput"));
        wrong.put("is of database `" + found.database() + "`", !found.database().equals(address.database()));
        wrong.put("goes with the session that has made it", found.temporary());
        wrong.put(
                "was left behind, and the server has removed the log that it needs",
                found.walStatus().equals("lost"));
        wrong.forEach((sentence, isSo) -> {
            if (isSo) {
                String mend = sentence.startsWith("was left") ? anew : "-- another name for the slot in the file";
                required(What.SLOT, "slot `" + slot + "` " + sentence, mend);
            }
        });
        if (found.active()) {
            required(
                    What.SLOT,
                    "slot `" + slot + "` has a reader already, and a slot has one",
                    "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = "
                            + Sql.text(slot) + ";");
        }
        if (found.walStatus().equals("unreserved")) {
            advice(
                    What.SLOT,
                    "slot `" + slot + "` is about to lose the log that it needs, at the next checkpoint of the server",
                    "ALTER SYSTEM SET max_slot_wal_keep_size = '-1'; SELECT pg_reload_conf();");
        }
    }

    private void required(What what, String sentence, String sql) {
        lacks.add(new Lack(Weight.REQUIRED, what, sentence, sql));
    }

    private void advice(What what, String sentence, String sql) {
        lacks.add(new Lack(Weight.ADVICE, what, sentence, sql));
    }

    private String ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private boolean is(String sql) throws SQLException {
        return ask(sql).equals("t");
    }

    private Set<String> names(String sql) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
