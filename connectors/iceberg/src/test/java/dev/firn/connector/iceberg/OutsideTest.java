package dev.firn.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.firn.definition.reference.Text;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Map;
import org.apache.iceberg.ClientPoolImpl;
import org.junit.jupiter.api.Test;

class OutsideTest {

    /** A pool as that of the {@code jdbc} catalog, whose database goes away between two statements. */
    private static final class Pool extends ClientPoolImpl<String, SQLException> {

        Pool() {
            super(1, SQLTransientException.class, true);
        }

        @Override
        protected String newClient() {
            return "connection";
        }

        @Override
        protected String reconnect(String client) {
            throw new IllegalStateException("Failed to connect");
        }

        @Override
        protected boolean isConnectionException(Exception exception) {
            return exception instanceof SQLException;
        }

        @Override
        protected void close(String client) {}
    }

    @Test
    void saysThatTheConnectionToTheDatabaseWasLost() {
        Outside outside = new Outside(CatalogSettings.resolve(
                Map.of("type", new Text("jdbc"), "uri", new Text("jdbc:postgresql://db/lake")), raw -> raw));
        Throwable failure = catchThrowable(() -> {
            try (Pool pool = new Pool()) {
                pool.run(connection -> {
                    throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
                });
            }
        });

        assertThat(outside.failed("load table `sales.orders`", failure))
                .hasMessage("the `jdbc` catalog (uri `jdbc:postgresql://db/lake`) failed to load table `sales.orders`:"
                        + " the connection to the database was lost and could not be opened again");
    }
}
