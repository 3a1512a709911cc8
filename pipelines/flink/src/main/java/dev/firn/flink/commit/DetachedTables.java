package dev.firn.flink.commit;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.schema.TableName;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The tables that are detached, and how much waits for each. */
record DetachedTables(Map<TableName, DetachedTable> tables, Map<TableName, WaitingEpochs> waiting) {

    static final DetachedTables NONE = new DetachedTables(Map.of(), Map.of());

    DetachedTables {
        tables = new TreeMap<>(tables);
        waiting = Map.copyOf(waiting);
    }

    /** Reads no row of the ledger where there is none. */
    static DetachedTables in(Ledger ledger) {
        Map<TableName, DetachedTable> detached = ledger.detached();
        return detached.isEmpty() ? NONE : new DetachedTables(detached, ledger.waiting());
    }

    boolean contains(TableName table) {
        return tables.containsKey(table);
    }

    void forEach(BiConsumer<DetachedTable, WaitingEpochs> each) {
        tables.forEach((name, table) -> each.accept(table, waiting.getOrDefault(name, WaitingEpochs.NONE)));
    }
}
