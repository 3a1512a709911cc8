package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.StagedEpoch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;

/**
 * The ledger as one Iceberg table, a row an epoch. Its properties say which run may append and what the last epoch is, and
 * are read by the guard on the base of each commit, so that of two writers one finds that it is late.
 */
final class IcebergLedger implements Ledger {

    private final LakeTables tables;
    private final TableName name;
    private final Retries retries;

    /** Of the last epoch that this instance has seen in the ledger; there are none before the first. */
    private Map<Split, Long> positions = Map.of();

    private long positionsOf;

    IcebergLedger(LakeTables tables, TableName name, Retries retries) {
        this.tables = tables;
        this.name = name;
        this.retries = retries;
    }

    @Override
    public synchronized LedgerState read() {
        return retries.call("read the ledger `" + name + "`", tables.outside(), this::readOnce);
    }

    @Override
    public List<Epoch> since(long epoch) {
        return retries.call("read the ledger `" + name + "`", tables.outside(), () -> {
            Table table = tables.load(name);
            long last = LedgerMarks.of(LakeTables.operations(table).current()).epoch();
            return epoch >= last
                    ? List.<Epoch>of()
                    : new LedgerReader(table)
                            .rows(epoch, last).stream().map(LedgerRow::epoch).toList();
        });
    }

    @Override
    public List<StagedEpoch> staged(TableName target, long after, long through) {
        return retries.call(
                "read the ledger `" + name + "`", tables.outside(), () -> new LedgerReader(tables.load(name))
                        .staged(target, after, through));
    }

    @Override
    public Map<TableName, Written> written() {
        return retries.call(
                "read the ledger `" + name + "`", tables.outside(), () -> new LedgerReader(tables.load(name))
                        .written());
    }

    @Override
    public long claimRun() {
        return retries.call("claim a run in the ledger `" + name + "`", tables.outside(), this::claimOnce);
    }

    @Override
    public synchronized void append(Epoch epoch, long settledThrough) {
        if (positionsOf != epoch.number() - 1) {
            read();
        }
        Map<Split, Long> moved = new HashMap<>(positions);
        epoch.progress().forEach(line -> moved.put(line.split(), line.to()));
        LedgerAppend append =
                new LedgerAppend(tables, name, new LedgerRow(epoch, settledThrough, moved, Instant.now()));
        retries.run(
                "append epoch " + epoch.number() + " to the ledger `" + name + "`", tables.outside(), append::attempt);
        positions = moved;
        positionsOf = epoch.number();
    }

    private LedgerState readOnce() {
        Table table = tables.load(name);
        LedgerMarks marks = LedgerMarks.of(LakeTables.operations(table).current());
        if (marks.epoch() == 0) {
            return new LedgerState(0, marks.run(), Map.of(), List.of());
        }
        long after = Math.min(marks.settled(), marks.epoch() - 1);
        List<LedgerRow> rows = new LedgerReader(table).rows(after, marks.epoch());
        positions = rows.get(rows.size() - 1).positions();
        positionsOf = marks.epoch();
        List<LedgerRow> open = rows.stream()
                .filter(row -> row.epoch().number() > marks.settled())
                .toList();
        return new LedgerState(
                marks.epoch(),
                marks.run(),
                positions,
                open.stream().map(LedgerRow::epoch).toList(),
                open.stream().collect(Collectors.toMap(row -> row.epoch().number(), LedgerRow::writtenAt)));
    }

    private long claimOnce() {
        Table table = tables.load(name);
        long run = LedgerMarks.of(LakeTables.operations(table).current()).run() + 1;
        String claim = UUID.randomUUID().toString();
        Transaction transaction =
                Transactions.newTransaction(table.name(), tables.guarded(table, new LedgerGuards.Claim(run, claim)));
        LedgerMarks.claim(transaction.updateProperties(), run, claim).commit();
        // A REST catalog compares the branch's snapshot when it swaps, and no properties. So a claim is a snapshot too,
        // though an empty one: else two claims of one number would both land, and so would an older run's append.
        transaction
                .newFastAppend()
                .scanManifestsWith(new CallerThread())
                .set(TableMarks.RUN, Long.toString(run))
                .commit();
        transaction.commitTransaction();
        return run;
    }
}
