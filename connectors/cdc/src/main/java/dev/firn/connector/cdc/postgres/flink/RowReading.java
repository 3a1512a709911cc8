package dev.firn.connector.cdc.postgres.flink;

import dev.firn.connector.cdc.postgres.Change;
import dev.firn.connector.cdc.postgres.DatabaseFailure;
import dev.firn.connector.cdc.postgres.Lsn;
import dev.firn.connector.cdc.postgres.PostgresAddress;
import dev.firn.connector.cdc.postgres.PostgresCatalog;
import dev.firn.connector.cdc.postgres.RowEncoder;
import dev.firn.connector.cdc.postgres.SourceTable;
import dev.firn.connector.cdc.postgres.TableRows;
import dev.firn.connector.cdc.postgres.TableShape;
import dev.firn.connector.cdc.postgres.Tuple;
import dev.firn.connector.cdc.postgres.plan.DatabaseSplits;
import dev.firn.spi.format.SchemaMemory;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of one table, in the order of its key and behind what was read of it. */
final class RowReading implements DatabaseFetcher.Part {

    /** Of a transaction, which keeps the server's vacuum waiting for as long as it takes. */
    private static final int CHUNK = 20_000;

    /** Of what is handed on at a time. */
    private static final int AT_ONCE = 1_000;

    private final PostgresAddress address;
    private final SourceTable table;
    private final DatabaseSplits splits;
    private final Split rows;
    private final RowEncoder encoder;
    private final Change.Origin origin;
    private @Nullable List<String> lastKey;
    private long position;
    private @Nullable Connection connection;
    private TableRows.@Nullable Chunk chunk;
    private @Nullable TableRows reader;
    private boolean isOver;

    RowReading(
            PostgresAddress address,
            SourceTable table,
            DatabaseSplits splits,
            TablePlace place,
            Lsn behind,
            SchemaMemory schemas) {
        this.address = address;
        this.table = table;
        this.splits = splits;
        this.rows = splits.rows(table);
        this.origin = Change.Origin.snapshot(behind);
        TableShape shape = TableShape.of(table);
        this.encoder = shape.encoder();
        this.lastKey = place.lastKey();
        this.position = place.rows();
        Shapes.learn(shape, schemas);
    }

    @Override
    public List<Step> next() throws DatabaseFailure {
        TableRows.Chunk open = chunk();
        List<Step> steps = new ArrayList<>(AT_ONCE);
        while (steps.size() < AT_ONCE) {
            Optional<Tuple> row = open.next();
            if (row.isEmpty()) {
                open.close();
                chunk = null;
                if (open.isLast()) {
                    isOver = true;
                    steps.add(new Step.RowsRead(new SourceEvent.SplitOpened(splits.changes(table), 0), table.name()));
                }
                return steps;
            }
            List<String> key = row.get().texts(table.keyPlaces());
            lastKey = key;
            steps.add(new Step.Row(record(row.get()), key));
        }
        return steps;
    }

    private RawRecord record(Tuple row) {
        return Shapes.record(rows, position++, RawRecord.NO_TIMESTAMP, encoder.snapshot(row, origin));
    }

    private TableRows.Chunk chunk() throws DatabaseFailure {
        TableRows.Chunk open = chunk;
        if (open == null) {
            open = reader().open(Optional.ofNullable(lastKey), CHUNK);
            chunk = open;
        }
        return open;
    }

    private TableRows reader() throws DatabaseFailure {
        TableRows known = reader;
        if (known == null) {
            Connection opened = address.open();
            connection = opened;
            known = new TableRows(new PostgresCatalog(address, opened), table);
            reader = known;
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
                // At once, whatever of a chunk is still to come.
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                // So is what it held.
            }
        }
    }
}
