package dev.firn.connector.cdc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.cdc.postgres.DatabaseFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLState;

class PostgresAddressTest {

    private static DatabaseFailure failure(PostgresAddress address) {
        try {
            address.open().close();
        } catch (DatabaseFailure e) {
            return e;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it opens");
    }

    @Test
    void nobodyAtAnAddressIsUnreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        DatabaseFailure failure = failure(new PostgresAddress("127.0.0.1", free, "crm", "firn", "hunter2", Map.of()));
        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.reason())
                .startsWith("database `crm` at `127.0.0.1:" + free
                        + "` as `firn`: no connection can be opened, nobody answers: Connection to 127.0.0.1:" + free
                        + " refused.");
    }

    @Test
    void aDatabaseOrAUserThatIsNotThereIsSaid() {
        PostgresAddress there = Server.database();
        DatabaseFailure database = failure(Server.address("nowhere", "postgres"));
        assertThat(database.kind()).isEqualTo(Kind.ANSWER);
        assertThat(database.reason())
                .isEqualTo(
                        "database `nowhere` at `127.0.0.1:" + there.port()
                                + "` as `postgres`: no connection can be opened, the server says: database \"nowhere\" does not exist");
        DatabaseFailure user = failure(Server.address(there.database(), "nobody"));
        assertThat(user.kind()).isEqualTo(Kind.REFUSED);
        assertThat(user.reason()).endsWith("the server refuses it: role \"nobody\" does not exist");
    }

    @Test
    void aPasswordIsNeverSaid() {
        PostgresAddress address = new PostgresAddress("h", 1, "d", "u", "hunter2", Map.of());
        assertThat(address.toString()).isEqualTo("database `d` at `h:1` as `u`");
        DatabaseFailure failure = address.failure(
                "nothing goes", new SQLException("bad value hunter2", PSQLState.INVALID_PARAMETER_VALUE.getState()));
        assertThat(failure)
                .hasMessage("database `d` at `h:1` as `u`: nothing goes, a setting is wrong: bad value ***")
                .hasNoCause();
    }

    @Test
    void whatADatabaseSetsDoesNotMatter() throws Exception {
        PostgresAddress address = Server.database();
        assertThat(
                        Server.ask(
                                address,
                                "SELECT concat_ws(' ', current_setting('TimeZone'), current_setting('DateStyle'),"
                                        + " current_setting('IntervalStyle'), current_setting('bytea_output'), current_setting('extra_float_digits'))"))
                .isEqualTo("UTC ISO, MDY iso_8601 hex 3");
    }
}
