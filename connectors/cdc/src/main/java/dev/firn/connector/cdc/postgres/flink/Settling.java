package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.postgres.DatabaseFailure;
import dev.firn.connector.cdc.postgres.PostgresAddress;
import dev.firn.connector.cdc.postgres.PostgresCatalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, before rows are read, for all transactions to be over that were under way when the slot was there and the tables were published. What those have
 * done may be in no change that is sent: rows have to be read behind them.
 */
final class Settling implements DatabaseFetcher.Part {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int SAID_AFTER = 100;

    private final PostgresAddress address;
    private @Nullable Connection connection;
    private @Nullable PostgresCatalog catalog;
    private @Nullable String before;
    private int looks;
    private boolean isOver;

    Settling(PostgresAddress address) {
        this.address = address;
    }

    @Override
    public List<Step> next() throws DatabaseFailure {
        PostgresCatalog asked = catalog();
        String limit = before;
        if (limit == null) {
            limit = asked.newTransaction();
            before = limit;
        }
        isOver = asked.areOver(limit);
        if (!isOver) {
            looks++;
            if (looks == SAID_AFTER) {
                LOG.warn(
                        "{}: rows are read when the transactions are over that have begun before `{}`; see pg_stat_activity and pg_prepared_xacts",
                        address.inWords(),
                        limit);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        return List.of();
    }

    private PostgresCatalog catalog() throws DatabaseFailure {
        PostgresCatalog known = catalog;
        if (known == null) {
            Connection opened = address.open();
            connection = opened;
            known = new PostgresCatalog(address, opened);
            catalog = known;
        }
        return known;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException gone) {
                // So is what it held.
            }
        }
    }
}
