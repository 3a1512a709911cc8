package dev.firn.cli.audit;

import dev.firn.spi.schema.TableName;
import java.util.Optional;

/**
 * What an audit answers.
 *
 * @param recount where it was asked for
 */
public record AuditReport(TableName ledger, AuditSheet sheet, Optional<Recount> recount) {

    public boolean isYes() {
        return sheet.shown().balances() && recount.map(Recount::agrees).orElse(true);
    }
}
