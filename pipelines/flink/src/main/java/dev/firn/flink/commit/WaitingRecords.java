package dev.firn.flink.commit;

import dev.firn.spi.format.RejectCode;
import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.schema.TableName;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** Records of an epoch that wait in quarantine for a decision about their table. */
final class WaitingRecords {

    private WaitingRecords() {}

    /** The tables that they wait for. */
    static SortedSet<TableName> tables(Epoch epoch) {
        SortedSet<TableName> tables = new TreeSet<>();
        epoch.outcomes().stream()
                .filter(count ->
                        count.outcome() == Outcome.QUARANTINED && count.reason().equals(RejectCode.TABLE_PAUSED.word()))
                .forEach(count -> tables.add(new TableName(count.table())));
        return tables;
    }

    /** The last epoch behind one of which records wait for a table, as far as the ledger reaches; empty where there is none. */
    static OptionalLong last(Ledger ledger, TableName table, long after) {
        long[] last = {0};
        ledger.history(after, written -> {
            if (written.takenBack().isEmpty() && tables(written.epoch()).contains(table)) {
                last[0] = written.epoch().number();
            }
        });
        return last[0] == 0 ? OptionalLong.empty() : OptionalLong.of(last[0]);
    }
}
