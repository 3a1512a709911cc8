package dev.firn.flink.write;

import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.record.Split;
import dev.firn.spi.rule.RowEventTime;
import dev.firn.spi.schema.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which of all event times that were ever told a file asks for: those of streams that it reads, and of columns that it names. Ledgers keep
 * the others, in case they are asked for again; nobody else has to.
 */
public final class AskedTimes {

    private final PlannedRules rules;
    private final WriterRoutes routes;
    private final Map<TableName, Optional<RowEventTime>> said = new HashMap<>();

    public AskedTimes(PlannedRules rules, WriterRoutes routes) {
        this.rules = rules;
        this.routes = routes;
    }

    public boolean isAsked(NewestTime time) {
        Split split = time.split();
        return routes.reads(split.source() + "/" + split.stream())
                && said.computeIfAbsent(time.table(), table -> rules.of(table).eventTime())
                        .filter(found -> found.column().equals(time.column()))
                        .isPresent();
    }
}
