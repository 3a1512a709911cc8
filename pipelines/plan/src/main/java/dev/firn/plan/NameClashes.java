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
import java.util.Optional;
import java.util.SortedMap;

/** Refuses names that some catalog would take for one, and the names of Firn's own tables. */
record NameClashes(PipelineDefinition definition, Diagnostics diagnostics) {

    void check(SortedMap<TableName, List<RoutedStream>> byTable) {
        LakeNames names = Planner.lakeNames(definition);
        if (folded(names.ledger()).equals(folded(names.quarantine()))) {
            report("quarantine", quarantine(), "`" + names.quarantine() + "` is the pipeline's ledger");
        }
        own(names, names.quarantine())
                .ifPresent(what -> report("quarantine", quarantine(), "`" + names.quarantine() + "` is " + what));
        Map<String, TableName> seen = new HashMap<>();
        byTable.forEach((name, streams) -> {
            SourceSpan span = streams.get(0).routedAt();
            TableName other = seen.putIfAbsent(folded(name), name);
            if (folded(name).equals(folded(names.ledger()))) {
                report("route", span, "`" + name + "` is the pipeline's ledger, so no stream can be routed to it");
            } else if (folded(name).equals(folded(names.quarantine()))) {
                report("route", span, "`" + name + "` is the pipeline's quarantine, so no stream can be routed to it");
            } else if (own(names, name).isPresent()) {
                report(
                        "route",
                        span,
                        "`" + name + "` is " + own(names, name).get() + ", so no stream can be routed to it");
            } else if (other != null) {
                report(
                        "route",
                        span,
                        "`" + name + "` and `" + other
                                + "` differ only in case, which many catalogs do not tell apart");
            }
        });
    }

    private static Optional<String> own(LakeNames names, TableName name) {
        if (folded(name).equals(folded(names.schemaChanges()))) {
            return Optional.of("the table of the pipeline's schema changes");
        }
        return names.besideTheLedger().stream().anyMatch(own -> folded(own).equals(folded(name)))
                ? Optional.of("a table of Firn's, of what was put back from quarantine")
                : Optional.empty();
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
