package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Refuses names that some catalog would take for one, and the names of Firn's own tables. */
record NameClashes(PipelineDefinition definition, Diagnostics diagnostics) {

    void check(SortedMap<TableName, List<RoutedStream>> byTable) {
        LakeNames names = Planner.lakeNames(definition);
        if (folded(names.ledger()).equals(folded(names.quarantine()))) {
            report("quarantine", quarantine(), "`" + names.quarantine() + "` is the pipeline's ledger");
        }
        if (folded(names.schemaChanges()).equals(folded(names.quarantine()))) {
            report(
                    "quarantine",
                    quarantine(),
                    "`" + names.quarantine() + "` is the table of the pipeline's schema changes");
        }
        Map<String, TableName> seen = new HashMap<>();
        byTable.forEach((name, streams) -> {
            SourceSpan span = streams.get(0).routedAt();
            TableName other = seen.putIfAbsent(folded(name), name);
            if (folded(name).equals(folded(names.ledger()))) {
                report("route", span, "`" + name + "` is the pipeline's ledger, so no stream can be routed to it");
            } else if (folded(name).equals(folded(names.quarantine()))) {
                report("route", span, "`" + name + "` is the pipeline's quarantine, so no stream can be routed to it");
            } else if (folded(name).equals(folded(names.schemaChanges()))) {
                report(
                        "route",
                        span,
                        "`" + name + "` has the pipeline's schema changes, so no stream can be routed to it");
            } else if (other != null) {
                report(
                        "route",
                        span,
                        "`" + name + "` and `" + other
                                + "` differ only in case, which many catalogs do not tell apart");
            }
        });
    }

    private SourceSpan quarantine() {
        return definition
                .quarantine()
                .map(section -> section.span("table"))
                .orElse(definition.root().span());
    }

    private void report(String place, SourceSpan span, String message) {
        diagnostics.at(place).report(Diagnostic.error(PlanCode.TABLE_NAME_CLASH, span, message));
    }

    private static String folded(TableName name) {
        return name.full().toLowerCase(Locale.ROOT);
    }
}
