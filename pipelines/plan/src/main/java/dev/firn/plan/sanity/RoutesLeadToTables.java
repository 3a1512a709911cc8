package dev.firn.plan.sanity;

import dev.firn.plan.PipelinePlan;
import dev.firn.plan.RoutePlan;
import dev.firn.plan.TablePlan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What routes say and what tables say of where their rows come from is the same. */
final class RoutesLeadToTables implements PlanCheck {

    @Override
    public List<String> faults(PipelinePlan plan) {
        Set<String> routes =
                plan.routes().stream().map(RoutesLeadToTables::words).collect(Collectors.toSet());
        Set<String> tables =
                plan.tables().stream().flatMap(RoutesLeadToTables::words).collect(Collectors.toSet());
        Set<String> differ = new TreeSet<>(routes);
        differ.addAll(tables);
        differ.removeIf(way -> routes.contains(way) && tables.contains(way));
        return differ.stream()
                .map(way -> "only " + (routes.contains(way) ? "a route" : "a table") + " says " + way)
                .toList();
    }

    private static String words(RoutePlan route) {
        return route.source() + "/" + route.stream() + " to " + route.table();
    }

    private static Stream<String> words(TablePlan table) {
        return table.streams().stream().map(stream -> stream + " to " + table.name());
    }
}
