package dev.firn.flink;

import dev.firn.flink.write.ValueRoute;
import dev.firn.flink.write.WriterRoutes;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.RoutePlan;
import dev.firn.plan.TablePlan;
import dev.firn.plan.TablesByValuePlan;
import dev.firn.spi.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The routes of a plan as the writers want them: by stream. */
public final class Routes {

    private Routes() {}

    public static WriterRoutes of(PipelinePlan plan) {
        Map<String, List<TableName>> tables = new HashMap<>();
        for (RoutePlan route : plan.routes()) {
            tables.computeIfAbsent(route.source() + "/" + route.stream(), stream -> new ArrayList<>())
                    .add(route.table());
        }
        Map<String, List<ValueRoute>> byValue = new HashMap<>();
        for (TablesByValuePlan made : plan.tablesByValue()) {
            ValueRoute route = new ValueRoute(
                    made.template(),
                    made.column(),
                    made.maxTables(),
                    made.schema()
                            .orElseThrow(() ->
                                    new IllegalStateException("our bug: " + made.template() + " was planned offline")),
                    made.settings());
            made.streams().forEach(stream -> byValue.computeIfAbsent(stream, name -> new ArrayList<>())
                    .add(route));
        }
        Set<TableName> reserved = new HashSet<>();
        plan.routes().forEach(route -> reserved.add(route.table()));
        reserved.add(plan.sink().names().ledger());
        reserved.add(plan.sink().names().quarantine());
        reserved.addAll(plan.sink().names().besideTheLedger());
        Set<TableName> keepDeleted = plan.tables().stream()
                .filter(TablePlan::ignoresDeletes)
                .map(TablePlan::name)
                .collect(Collectors.toSet());
        return new WriterRoutes(tables, byValue, reserved, keepDeleted);
    }
}
