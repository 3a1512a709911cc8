package dev.firn.cli.audit;

import dev.firn.spi.ledger.DetachedTable;
import dev.firn.spi.ledger.Ledger;
import dev.firn.spi.ledger.WaitingEpochs;
import dev.firn.spi.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an audit answers.
 *
 * @param detached tables that the pipeline goes on without, sorted
 * @param recount where it was asked for
 */
public record AuditReport(TableName ledger, AuditSheet sheet, List<Detached> detached, Optional<Recount> recount) {

    /** A table that is detached, and what waits for it. */
    public record Detached(DetachedTable table, WaitingEpochs waiting) {

        static List<Detached> in(Ledger ledger) {
            Map<TableName, DetachedTable> tables = ledger.detached();
            if (tables.isEmpty()) {
                return List.of();
            }
            Map<TableName, WaitingEpochs> waiting = ledger.waiting();
            return tables.values().stream()
                    .map(table -> new Detached(table, waiting.getOrDefault(table.table(), WaitingEpochs.NONE)))
                    .toList();
        }
    }

    public AuditReport {
        detached = List.copyOf(detached);
    }

    /** Of a pipeline that goes on with all its tables. */
    AuditReport(TableName ledger, AuditSheet sheet, Optional<Recount> recount) {
        this(ledger, sheet, List.of(), recount);
    }

    public boolean isYes() {
        return sheet.shown().balances() && recount.map(Recount::agrees).orElse(true);
    }
}
