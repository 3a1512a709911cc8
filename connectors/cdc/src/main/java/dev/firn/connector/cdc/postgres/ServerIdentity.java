package dev.firn.connector.cdc.postgres;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whose positions they are: another cluster's mean nothing here, and neither do this one's of behind the point at which a standby took over.
 *
 * @param system the cluster's identifier, from when it was made
 * @param timeline counts how often a standby was promoted, or the cluster restored to a point in time
 * @param flushed up to where the log is on disk
 */
public record ServerIdentity(String system, int timeline, Lsn flushed, String database) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Asks by the protocol of replication, for which the user needs the right to replicate. */
    public static ServerIdentity of(PostgresAddress address) throws DatabaseFailure {
        try (Connection connection = address.openReplication();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            if (!row.next()) {
                throw new DatabaseFailure(
                        DatabaseFailure.Kind.ANSWER, address.inWords() + ": the server does not say which one it is");
            }
            return new ServerIdentity(
                    row.getString("systemid"),
                    row.getInt("timeline"),
                    Lsn.parse(row.getString("xlogpos")),
                    row.getString("dbname"));
        } catch (SQLException e) {
            throw address.failure("the server can't be asked which one it is", e);
        }
    }
}
