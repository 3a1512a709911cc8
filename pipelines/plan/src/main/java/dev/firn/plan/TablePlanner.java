package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.TableOptions;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.selector.Selector;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Groups streams into tables and gives each its effective settings. */
final class TablePlanner {

    private final PipelineDefinition definition;
    private final PlanContext context;
    private final Diagnostics diagnostics;

    TablePlanner(PipelineDefinition definition, PlanContext context, Diagnostics diagnostics) {
        this.definition = definition;
        this.context = context;
        this.diagnostics = diagnostics;
    }

    /** The tables, sorted by name. */
    List<TablePlan> plan(List<RoutedStream> routed) {
        SortedMap<TableName, List<RoutedStream>> byTable = new TreeMap<>();
        routed.forEach(stream -> byTable.computeIfAbsent(stream.table(), name -> new ArrayList<>())
                .add(stream));
        reportNameClashes(byTable);
        reportUnmatchedEntries(byTable);
        List<TablePlan> plans = new ArrayList<>();
        byTable.forEach((name, streams) -> plans.add(plan(name, streams)));
        return plans;
    }

    private TablePlan plan(TableName name, List<RoutedStream> streams) {
        Diagnostics atTable = diagnostics.at("table " + name);
        Optional<TableSchema> schema = schema(name, streams, atTable);
        SortedMap<String, String> properties = new TreeMap<>();
        Partitioning partitioning = Partitioning.NONE;
        for (Bound<TableOptions> entry : definition.tables()) {
            if (Selector.parse(entry.options().table()).matches(name.full())) {
                properties.putAll(entry.options().properties());
                if (!entry.options().partitionBy().isEmpty()) {
                    partitioning = Partitioning.read(entry, atTable);
                }
            }
        }
        if (schema.isPresent()) {
            partitioning.check(schema.get(), atTable);
        }
        PlanContext.TableKnowledge knowledge = context.table(name);
        if (knowledge.existing().isPresent() && schema.isPresent()) {
            new DriftCheck(name, streams.get(0).routedAt(), atTable)
                    .check(schema.get(), partitioning, knowledge.existing().get());
        }
        TableAction action = !knowledge.asked()
                ? TableAction.UNKNOWN
                : knowledge.existing().isPresent() ? TableAction.NOTHING : TableAction.CREATE;
        return new TablePlan(
                name,
                action,
                streams.stream().map(RoutedStream::id).sorted().toList(),
                schema,
                partitioning.transforms(),
                properties);
    }

    private static Optional<TableSchema> schema(TableName name, List<RoutedStream> streams, Diagnostics atTable) {
        RoutedStream first = streams.get(0);
        for (RoutedStream other : streams.subList(1, streams.size())) {
            boolean bothKnown =
                    other.stream().schema().isPresent() && first.stream().schema().isPresent();
            if (bothKnown && !other.stream().schema().equals(first.stream().schema())) {
                atTable.report(Diagnostic.error(
                                PlanCode.TABLE_SCHEMA_CLASH,
                                other.routedAt(),
                                "`" + first.stream().name() + "` and `"
                                        + other.stream().name() + "` go to `" + name
                                        + "`, but their schemas have different columns")
                        .fixedBy("route one of them to a table of its own"));
            }
        }
        return first.stream().schema();
    }

    private void reportNameClashes(Map<TableName, List<RoutedStream>> byTable) {
        Map<String, TableName> seen = new TreeMap<>();
        Map<String, String> own = new TreeMap<>();
        var names = Planner.lakeNames(definition);
        own.put(names.ledger().full().toLowerCase(Locale.ROOT), "the pipeline's ledger");
        own.put(names.quarantine().full().toLowerCase(Locale.ROOT), "the pipeline's quarantine");
        byTable.forEach((name, streams) -> {
            String folded = name.full().toLowerCase(Locale.ROOT);
            String ours = own.get(folded);
            TableName other = seen.putIfAbsent(folded, name);
            if (ours != null) {
                diagnostics
                        .at("route")
                        .report(Diagnostic.error(
                                PlanCode.TABLE_NAME_CLASH,
                                streams.get(0).routedAt(),
                                "`" + name + "` is " + ours + ", so no stream can be routed to it"));
            } else if (other != null) {
                diagnostics
                        .at("route")
                        .report(Diagnostic.error(
                                PlanCode.TABLE_NAME_CLASH,
                                streams.get(0).routedAt(),
                                "`" + name + "` and `" + other
                                        + "` differ only in case, which many catalogs do not tell apart"));
            }
        });
    }

    private void reportUnmatchedEntries(Map<TableName, List<RoutedStream>> byTable) {
        for (Bound<TableOptions> entry : definition.tables()) {
            Selector selector = Selector.parse(entry.options().table());
            if (byTable.keySet().stream().noneMatch(name -> selector.matches(name.full()))) {
                diagnostics
                        .at("tables")
                        .report(Diagnostic.warning(
                                        PlanCode.UNMATCHED_TABLE_ENTRY,
                                        entry.span("table"),
                                        "no stream is routed to a table that `" + selector + "` selects")
                                .expecting(byTable.isEmpty()
                                        ? "a table that `route:` names"
                                        : "one of "
                                                + String.join(
                                                        ", ",
                                                        byTable.keySet().stream()
                                                                .map(name -> "`" + name + "`")
                                                                .toList())));
            }
        }
    }
}
