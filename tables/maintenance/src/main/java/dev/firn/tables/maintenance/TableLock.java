package dev.firn.tables.maintenance;

import dev.firn.connector.iceberg.CommitGuard;
import dev.firn.connector.iceberg.CommitUnconfirmed;
import dev.firn.connector.iceberg.MaintainedLake;
import dev.firn.spi.schema.TableName;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table property that says whose turn it is. It ends by itself where its owner dies, and each commit of its owner looks
 * whether it still holds on the metadata that it goes on top of: who was too slow finds the next owner's name there.
 */
final class TableLock {

    /** Another one for each owner; behind it until when. */
    static final String PROPERTY = "firn.maintenance.lock";

    private static final Logger LOG = LoggerFactory.getLogger(TableLock.class);
    private static final Duration HOLDS = Duration.ofMinutes(30);
    private static final int ATTEMPTS = 6;
    private static final String UNTIL = " until ";

    private final MaintainedLake lake;
    private final TableName table;
    private final Clock clock;
    private final String owner = UUID.randomUUID().toString();
    private Instant until = Instant.EPOCH;

    /** Takes nothing yet: a table that nothing is due for is left as it is. */
    TableLock(MaintainedLake lake, TableName table, Clock clock) {
        this.lake = lake;
        this.table = table;
        this.clock = clock;
    }

    /** Until when somebody has a table for himself, if somebody has. */
    static Optional<Instant> heldUntil(TableMetadata metadata, Instant now) {
        return until(metadata).filter(now::isBefore);
    }

    /** @throws LockLost if it is somebody else's by now */
    void require(TableMetadata base) {
        if (!isOwner(base)) {
            throw LockLost.meanwhile();
        }
    }

    /**
     * Before work and before a commit: takes it, or keeps it for a while longer if half of its time is over. Answers whether it has
     * written to the table, whose metadata is another one then.
     *
     * @throws LockLost if it is somebody else's
     */
    boolean renew() {
        if (!clock.instant().plus(HOLDS.dividedBy(2)).isAfter(until)) {
            return false;
        }
        Optional<Instant> another = write();
        if (another.isPresent()) {
            throw until.equals(Instant.EPOCH) ? LockLost.never(another.get()) : LockLost.meanwhile();
        }
        return true;
    }

    /** Tries a few times: what is left behind keeps others away until it ends by itself. */
    void release() {
        if (until.equals(Instant.EPOCH)) {
            return;
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                Table now = lake.load(table);
                if (isOwner(metadata(now))) {
                    lake.guarded(now, new Guard(""))
                            .updateProperties()
                            .remove(PROPERTY)
                            .commit();
                }
                return;
            } catch (RuntimeException e) {
                LOG.warn("The lock of table {}, which holds until {}, could not be taken away", table, until, e);
                Pause.before(attempt);
            }
        }
    }

    /** Answers until when somebody else has it, if somebody has. */
    private Optional<Instant> write() {
        for (int attempt = 1; ; attempt++) {
            Table now = lake.load(table);
            TableMetadata metadata = metadata(now);
            Optional<Instant> another = isOwner(metadata) ? Optional.empty() : heldUntil(metadata, clock.instant());
            if (another.isPresent()) {
                return another;
            }
            Instant end = clock.instant().plus(HOLDS);
            String text = owner + UNTIL + end;
            try {
                lake.guarded(now, new Guard(text))
                        .updateProperties()
                        .set(PROPERTY, text)
                        .commit();
                until = end;
                return Optional.empty();
            } catch (CommitUnconfirmed | LockLost again) {
                if (attempt == ATTEMPTS) {
                    throw lake.failed("lock table `" + table + "`", again);
                }
                Pause.before(attempt);
            }
        }
    }

    private boolean isOwner(TableMetadata metadata) {
        return metadata.properties().getOrDefault(PROPERTY, "").startsWith(owner);
    }

    private static Optional<Instant> until(TableMetadata metadata) {
        String text = metadata.properties().getOrDefault(PROPERTY, "");
        int at = text.indexOf(UNTIL);
        try {
            return at < 0 ? Optional.empty() : Optional.of(Instant.parse(text.substring(at + UNTIL.length())));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    static TableMetadata metadata(Table table) {
        return ((HasTableOperations) table).operations().current();
    }

    /** Nobody else has it; empty text takes it away. */
    private final class Guard implements CommitGuard {

        private final String text;

        Guard(String text) {
            this.text = text;
        }

        @Override
        public void check(TableMetadata base) {
            if (!isOwner(base) && heldUntil(base, clock.instant()).isPresent()) {
                throw LockLost.meanwhile();
            }
        }

        @Override
        public boolean landed(TableMetadata now) {
            return now.properties().getOrDefault(PROPERTY, "").equals(text);
        }
    }
}
