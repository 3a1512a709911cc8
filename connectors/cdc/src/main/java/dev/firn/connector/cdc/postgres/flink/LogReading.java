package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.postgres.Change;
import dev.firn.connector.cdc.postgres.DatabaseFailure;
import dev.firn.connector.cdc.postgres.LogMessage;
import dev.firn.connector.cdc.postgres.Lsn;
import dev.firn.connector.cdc.postgres.PostgresCatalog;
import dev.firn.connector.cdc.postgres.ReplicationLog;
import dev.firn.connector.cdc.postgres.RowEncoder;
import dev.firn.connector.cdc.postgres.SourceTable;
import dev.firn.connector.cdc.postgres.TableShape;
import dev.firn.connector.cdc.postgres.plan.DatabaseSplits;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log behind a place in it, transaction by transaction. Each change of a table gets the next position of that table; after a restart the
 * same changes get the same ones, for a transaction is sent whole again, and those that were passed on before are passed over.
 */
final class LogReading implements DatabaseFetcher.Part {

    private static final int AT_ONCE = 1_000;

    /** Most of what is sent may be about other tables. */
    private static final int HEARD_AT_ONCE = 10_000;

    private static final Duration A_MOMENT = Duration.ofMillis(200);

    /** For how long a server may hold the slot for a reader that is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where nothing happens to the tables, the place in the log is told so often. */
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    private final DatabaseFetcher.Reading reading;
    private final DatabaseSplits splits;
    private final SchemaMemory schemas;
    private final Confirmed confirmed;
    private final Map<String, SourceTable> tables;
    private final Map<String, Followed> followed = new HashMap<>();
    private final Map<Integer, Optional<Followed>> relations = new HashMap<>();
    private final Set<String> touched = new HashSet<>();
    private @Nullable ReplicationLog log;
    private long boundary;
    private long timestamp;
    private Optional<Change.Transaction> transaction = Optional.empty();
    private boolean isBehindUs;

    /** Whether the transaction was read again in which reading had ended. */
    private boolean isCaughtUp;

    private long toldNanos = System.nanoTime();

    LogReading(
            DatabaseFetcher.Reading reading,
            DatabaseSplits splits,
            DatabaseSplit split,
            Map<String, SourceTable> tables,
            SchemaMemory schemas,
            Confirmed confirmed) {
        this.reading = reading;
        this.splits = splits;
        this.tables = tables;
        this.schemas = schemas;
        this.confirmed = confirmed;
        this.boundary = split.boundary();
        split.tables()
                .forEach((name, place) -> followed.put(
                        name,
                        new Followed(
                                name,
                                place.oid(),
                                splits.changes(name, place.oid()),
                                place.changesAtBoundary(),
                                place.changes())));
    }

    /** A table and the next position of its changes. */
    private static final class Followed {
        private final String name;
        private final int oid;
        private final Split split;
        private final long passedOn;
        private long position;
        private @Nullable RowEncoder encoder;

        Followed(String name, int oid, Split split, long position, long passedOn) {
            this.name = name;
            this.oid = oid;
            this.split = split;
            this.position = position;
            this.passedOn = passedOn;
        }

        RowEncoder encoder() {
            RowEncoder known = encoder;
            if (known == null) {
                throw new IllegalStateException("our bug: a change of " + name + " came before its relation");
            }
            return known;
        }
    }

    @Override
    public List<Step> next() throws DatabaseFailure {
        ReplicationLog open = open();
        open.confirm(new Lsn(confirmed.position()));
        List<Step> steps = new ArrayList<>();
        Optional<ReplicationLog.Logged> next = open.poll(A_MOMENT);
        for (int heard = 1; next.isPresent(); heard++) {
            heard(next.get(), steps);
            boolean goesOn = steps.size() < AT_ONCE && heard < HEARD_AT_ONCE;
            next = goesOn ? open.poll(Duration.ZERO) : Optional.empty();
        }
        if (steps.isEmpty()) {
            quiet(open, steps);
        }
        return steps;
    }

    private ReplicationLog open() throws DatabaseFailure {
        ReplicationLog known = log;
        if (known == null) {
            known = ReplicationLog.open(
                    reading.address(), reading.slot(), reading.publication(), new Lsn(boundary), PATIENCE);
            log = known;
        }
        return known;
    }

    private void heard(ReplicationLog.Logged logged, List<Step> steps) throws DatabaseFailure {
        LogMessage message = logged.message();
        Change.Origin origin = new Change.Origin(logged.at(), transaction);
        if (message instanceof LogMessage.Begin begin) {
            transaction = Optional.of(new Change.Transaction(begin.xid(), begin.at()));
            timestamp = begin.at().toEpochMilli();
            isBehindUs = Long.compareUnsigned(begin.commit().value(), boundary) < 0;
        } else if (message instanceof LogMessage.Relation relation) {
            relations.put(relation.oid(), following(relation));
        } else if (message instanceof LogMessage.Insert insert) {
            changed(insert.relation(), row -> List.of(row.insert(insert.row(), origin)), steps);
        } else if (message instanceof LogMessage.Update update) {
            changed(update.relation(), row -> row.update(update.before(), update.row(), origin), steps);
        } else if (message instanceof LogMessage.Delete delete) {
            changed(delete.relation(), row -> List.of(row.delete(delete.before(), origin)), steps);
        } else if (message instanceof LogMessage.Truncate truncate) {
            for (int relation : truncate.relations()) {
                changed(relation, row -> List.of(row.truncate(origin)), steps);
            }
        } else if (message instanceof LogMessage.Commit commit && !isBehindUs) {
            reach(commit.end().value(), steps);
        }
    }

    /** Makes changes of a message about a table. */
    private interface Changes {
        List<Change> of(RowEncoder rows);
    }

    private void changed(int relation, Changes changes, List<Step> steps) {
        Followed table = Optional.ofNullable(relations.get(relation))
                .orElseThrow(() -> new IllegalStateException(
                        "our bug: a change of relation " + relation + " came before the relation"))
                .orElse(null);
        if (table == null || isBehindUs) {
            return;
        }
        for (Change change : changes.of(table.encoder())) {
            long position = table.position++;
            touched.add(table.name);
            if (position >= table.passedOn) {
                steps.add(new Step.Change(Shapes.record(table.split, position, timestamp, change)));
            }
        }
    }

    /** What of the publication the file does not read, or does no more, is passed over. */
    private Optional<Followed> following(LogMessage.Relation relation) throws DatabaseFailure {
        Followed table = followed.get(relation.name());
        if (table == null) {
            followed.values().stream()
                    .filter(known -> known.oid == relation.oid())
                    .findFirst()
                    .ifPresent(renamed -> {
                        throw ReadFailures.renamed(reading.source(), renamed.name, relation.name());
                    });
            return Optional.empty();
        }
        if (table.oid != relation.oid()) {
            throw ReadFailures.madeAnew(reading.source(), table.name);
        }
        TableShape shape = shape(relation);
        Shapes.learn(shape, schemas);
        table.encoder = shape.encoder();
        return Optional.of(table);
    }

    private TableShape shape(LogMessage.Relation relation) throws DatabaseFailure {
        try (Connection connection = reading.address().open()) {
            PostgresCatalog catalog = new PostgresCatalog(reading.address(), connection);
            return TableShape.of(relation, key(relation.name()), catalog::type);
        } catch (TableShape.KeyChanged changed) {
            throw ReadFailures.forGood(String.valueOf(changed.getMessage()));
        } catch (SQLException closing) {
            throw new IllegalStateException("our bug: a connection that is no more needed does not close", closing);
        }
    }

    private List<String> key(String table) {
        SourceTable known = tables.get(table);
        if (known == null) {
            throw new IllegalStateException("our bug: table " + table + " is followed and was not asked for");
        }
        return known.key();
    }

    private void reach(long place, List<Step> steps) {
        if (!isCaughtUp) {
            isCaughtUp = true;
            followed.values().stream()
                    .filter(table -> table.position < table.passedOn)
                    .findFirst()
                    .ifPresent(table -> {
                        throw ReadFailures.notAllSentAgain(table.split);
                    });
        }
        boundary = place;
        steps.add(new Step.Boundary(new SourceEvent.PositionReached(splits.log(), place), Set.copyOf(touched)));
        touched.clear();
        toldNanos = System.nanoTime();
    }

    private void quiet(ReplicationLog open, List<Step> steps) {
        Optional<Lsn> place = open.quiet();
        if (place.isPresent()
                && Long.compareUnsigned(place.get().value(), boundary) > 0
                && System.nanoTime() - toldNanos >= QUIET_NANOS) {
            reach(place.get().value(), steps);
        }
    }

    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
