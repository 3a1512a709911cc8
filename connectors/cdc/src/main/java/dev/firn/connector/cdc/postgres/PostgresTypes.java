package dev.firn.connector.cdc.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of a database, asked for once each. What a type is made of does not change; a name may, and matters to extensions' types alone. */
public final class PostgresTypes {

    private static final String ASK =
            """
            SELECT t.typname, t.typtype, t.typelem::bigint, t.typbasetype::bigint, t.typtypmod,
                   t.typoutput = 'array_out'::regproc AS is_array, coalesce(i.typdelim, t.typdelim) AS delimiter
            FROM pg_type t LEFT JOIN pg_type i ON i.oid = t.typelem
            WHERE t.oid = ?::bigint::oid""";

    private final Map<Integer, PostgresType> known = new HashMap<>();

    /** A type by its oid; one that is not there any more is a text. */
    PostgresType of(Connection connection, int oid) throws SQLException {
        PostgresType found = known.get(oid);
        if (found == null) {
            found = ask(connection, oid);
            known.put(oid, found);
        }
        return found;
    }

    private PostgresType ask(Connection connection, int oid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ASK)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? type(connection, oid, row) : PostgresType.unknown(oid);
            }
        }
    }

    private PostgresType type(Connection connection, int oid, ResultSet row) throws SQLException {
        String name = row.getString("typname");
        String type = row.getString("typtype");
        char delimiter = row.getString("delimiter").charAt(0);
        int modifier = row.getInt("typtypmod");
        PostgresType.Kind kind = PostgresType.Kind.OTHER;
        @Nullable PostgresType of = null;
        if (type.equals("d")) {
            kind = PostgresType.Kind.DOMAIN;
            of = of(connection, (int) row.getLong("typbasetype"));
        } else if (row.getBoolean("is_array")) {
            kind = PostgresType.Kind.ARRAY;
            of = of(connection, (int) row.getLong("typelem"));
        } else if (type.equals("b")) {
            kind = PostgresType.Kind.BASE;
        }
        return new PostgresType(oid, kind, name, of, modifier, delimiter);
    }
}
