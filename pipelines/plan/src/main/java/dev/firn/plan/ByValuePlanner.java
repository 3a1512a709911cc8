package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.RouteOptions;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Says what can be said of tables that come to exist while the job runs: their columns, their settings, how many.
 *
 * @param reserved tables that other routes name, and Firn's own
 */
record ByValuePlanner(
        PlanContext context,
        PipelineDefinition definition,
        Diagnostics diagnostics,
        List<TableEntry> entries,
        Set<TableName> reserved) {

    private static final String SUITED = "a column of type string, int, long or boolean";

    /** Sorted by template; several streams may share one. */
    List<TablesByValuePlan> plan(List<RoutedByValue> routed) {
        TreeMap<String, List<RoutedByValue>> byTemplate = new TreeMap<>();
        for (RoutedByValue stream : routed) {
            byTemplate
                    .computeIfAbsent(stream.template().text(), text -> new ArrayList<>())
                    .add(stream);
        }
        List<TablesByValuePlan> plans = new ArrayList<>();
        byTemplate.values().forEach(streams -> plans.add(planned(streams)));
        return plans;
    }

    private TablesByValuePlan planned(List<RoutedByValue> streams) {
        RoutedByValue first = streams.get(0);
        TableTemplate template = first.template();
        Diagnostics here = diagnostics.at("table " + template);
        streams.stream()
                .filter(other -> !other.column().equals(first.column()))
                .findFirst()
                .ifPresent(other -> here.report(Diagnostic.error(
                        PlanCode.TABLE_NAME_CLASH,
                        other.line().span("by"),
                        "`" + template + "` is named by `" + first.column() + "` and by `" + other.column() + "`")));
        List<RoutedStream> routed = streams.stream().map(RoutedByValue::routed).toList();
        streams.forEach(stream -> DeletesCheck.byValue(stream, here));
        Optional<TableSchema> schema = new SharedSchema(new TableName(template.text()), here).of(routed);
        column(first, schema, here);
        schema.ifPresent(columns -> new ColumnNamesCheck(template.text(), here).check(routed, columns));
        schema.ifPresent(records -> samples(template).forEach(table -> {
            List<TableEntry> selecting = RulesCheck.selecting(entries, table);
            new ShapeCheck(here).check(selecting, records);
            RuleSettings rules = rules(selecting);
            TableSchema columns = rules.table(records);
            new PartitionCheck(table, here).check(partitioning(table), columns);
            sorting(table).ifPresent(sorting -> new SortCheck(table, here).check(sorting, columns));
            new RulesCheck(here)
                    .check(
                            selecting,
                            rules.isShaped() ? Optional.of(records) : Optional.empty(),
                            List.of(rules.clear(records)));
        }));
        samples(template).forEach(table -> masks(table, schema, here));
        samples(template).forEach(table -> key(table, schema, here));
        samples(template).forEach(table -> routedByHidden(first, rules(RulesCheck.selecting(entries, table)), here));
        Optional<List<TableName>> there = there(first, here);
        eventTime(first, schema, Set.copyOf(there.orElse(List.of())), here);
        return new TablesByValuePlan(
                template,
                first.column(),
                streams.stream()
                        .mapToInt(stream -> stream.line().options().maxTables())
                        .min()
                        .orElseThrow(),
                routed.stream().map(RoutedStream::id).sorted().toList(),
                schema,
                entries.stream()
                        .filter(entry -> entry.maySelect(template))
                        .map(TableEntry::settings)
                        .toList(),
                there);
    }

    private void masks(TableName table, Optional<TableSchema> records, Diagnostics here) {
        List<TableEntry> selecting = RulesCheck.selecting(entries, table);
        KeySettings key = KeySettings.NOTHING;
        for (TableEntry entry : selecting) {
            key = entry.over(key);
        }
        new MaskCheck(definition, here).check(selecting, records.map(rules(selecting)::clear), key.keptColumns());
    }

    /** The name of a table is no place for what is hidden in it. */
    private static void routedByHidden(RoutedByValue stream, RuleSettings rules, Diagnostics here) {
        String column = rules.shape().nameInTable(stream.column());
        if (rules.masks().stream().anyMatch(mask -> mask.column().equals(column))) {
            here.report(Diagnostic.error(
                            PlanCode.INVALID_MASK,
                            stream.line().span("by"),
                            "`" + stream.column() + "` is hidden in the tables, and would be in their names in clear")
                    .fixedBy("route by another column, or take it out of `mask`"));
        }
    }

    private void key(TableName table, Optional<TableSchema> schema, Diagnostics here) {
        List<TableEntry> selecting = RulesCheck.selecting(entries, table);
        KeySettings key = KeySettings.NOTHING;
        EvolutionSettings evolution = EvolutionSettings.NOTHING;
        TableCommits commits = TableCommits.DEFAULT;
        for (TableEntry entry : selecting) {
            key = entry.over(key);
            commits = entry.over(commits);
            evolution = entry.over(evolution);
        }
        Optional<TableSchema> columns = schema.map(records -> rules(selecting).table(records));
        new KeyCheck(table, here)
                .check(selecting, new KeyCheck.Of(key, evolution.policy(), commits, false), columns, Optional.empty());
        new UniqueCheck(table, context, here)
                .check(selecting, new KeyCheck.Of(key, evolution.policy(), commits, false), columns, Optional.empty());
    }

    /** @param there tables of the template that are there, of which an older file may have said other things */
    private void eventTime(RoutedByValue route, Optional<TableSchema> records, Set<TableName> there, Diagnostics here) {
        TableTemplate template = route.template();
        List<Diagnostic> found = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        Stream.concat(there.stream().sorted(), samples(template)).distinct().forEach(table -> {
            List<TableEntry> selecting = RulesCheck.selecting(entries, table);
            EventTimeCheck.Of settings = eventTime(selecting);
            if (settings.rows().eventTime() != null) {
                Optional<TableSchema> existing =
                        there.contains(table) ? existing(table, route, here) : Optional.empty();
                EventTimeCheck check = EventTimeCheck.of(table, selecting, settings);
                add(found, check.unsuited());
                String column = settings.rows().eventTime().column();
                if (existing.isPresent() && existing.get().column(column).isPresent()) {
                    kept.add(column);
                }
                // A column that tables have and the newest schema lacks is no error, and tables to come are no other
                // matter.
                if (existing.isPresent() || !kept.contains(column)) {
                    add(found, check.columns(records.map(settings.rows()::clear), existing));
                }
                found.addAll(check.unsuitedBy(table, context, existing));
            }
        });
        for (MayMeet.Meeting meeting : new MayMeet(entries, template).together()) {
            EventTimeCheck.Of settings = eventTime(meeting.selecting());
            EventTimeCheck check = EventTimeCheck.of(meeting, settings);
            add(found, check.unsuited());
            if (meeting.isOneExpression()) {
                // It has no sample, and entries that nobody knows of may make the column.
                add(
                        found,
                        check.columns(records.map(settings.rows()::clear), Optional.empty()).stream()
                                .map(Diagnostic::asWarning)
                                .toList());
            }
        }
        here.reportAll(found);
    }

    /** What is wrong with an entry would be said once for each of its tables, and of those that it meets. */
    private static void add(List<Diagnostic> found, List<Diagnostic> more) {
        List<Diagnostic> before = List.copyOf(found);
        more.stream()
                .filter(one -> before.stream().noneMatch(said -> said.span().equals(one.span()) && isSame(said, one)))
                .forEach(found::add);
    }

    private static boolean isSame(Diagnostic said, Diagnostic more) {
        return said.fix().equals(more.fix()) && said.expected().equals(more.expected());
    }

    private Optional<TableSchema> existing(TableName table, RoutedByValue route, Diagnostics here) {
        try {
            return context.table(table).existing().map(ExistingTable::schema);
        } catch (OutsideException outside) {
            here.report(Diagnostic.error(
                    PlanCode.TABLE_UNREADABLE, route.routed().routedAt(), String.valueOf(outside.getMessage())));
            return Optional.empty();
        }
    }

    private static EventTimeCheck.Of eventTime(List<TableEntry> selecting) {
        KeySettings key = KeySettings.NOTHING;
        EvolutionSettings evolution = EvolutionSettings.NOTHING;
        TableCommits commits = TableCommits.DEFAULT;
        Map<String, String> properties = new HashMap<>();
        for (TableEntry entry : selecting) {
            key = entry.over(key);
            evolution = entry.over(evolution);
            commits = entry.over(commits);
            properties.putAll(entry.bound().options().properties());
        }
        return new EventTimeCheck.Of(
                rules(selecting), new KeyCheck.Of(key, evolution.policy(), commits, false), properties);
    }

    private static void column(RoutedByValue route, Optional<TableSchema> schema, Diagnostics here) {
        SourceSpan span = route.line().span("by");
        if (route.column().equals(RouteOptions.RECORD_NAME)) {
            here.report(Diagnostic.error(
                            DefinitionCode.NOT_BUILT_YET,
                            span,
                            "routing by `$record` is not built yet: a topic with several record types has a subject for"
                                    + " each, and Firn reads one, `"
                                    + route.routed().stream().name() + "-value`")
                    .expecting(SUITED));
            return;
        }
        if (schema.isEmpty()) {
            return;
        }
        Optional<Column> column = schema.get().column(route.column());
        List<String> suited = schema.get().columns().stream()
                .filter(known -> suits(known.type()))
                .map(Column::name)
                .toList();
        String expected = suited.isEmpty() ? SUITED : Suggestion.oneOf(suited);
        if (column.isEmpty()) {
            Diagnostic missing = Diagnostic.error(
                            PlanCode.ROUTE_COLUMN_MISSING,
                            span,
                            "the stream `" + route.routed().stream().name() + "` has no column `" + route.column()
                                    + "` to route by")
                    .expecting(expected);
            here.report(Suggestion.nearest(route.column(), suited)
                    .map(nearest -> missing.fixedBy("write `" + nearest + "`"))
                    .orElse(missing));
        } else if (!suits(column.get().type())) {
            here.report(Diagnostic.error(
                            PlanCode.ROUTE_COLUMN_UNSUITED,
                            span,
                            "`" + route.column() + "` is of type "
                                    + column.get().type() + ", whose values name no tables")
                    .expecting(expected));
        }
    }

    private static boolean suits(ColumnType type) {
        return type == Primitive.STRING || type == Primitive.INT || type == Primitive.LONG || type == Primitive.BOOLEAN;
    }

    /** Names that the template may lead to and for which the file may say different things. */
    private Stream<TableName> samples(TableTemplate template) {
        return Stream.concat(
                        Stream.of(template.sample()),
                        entries.stream()
                                .map(entry -> entry.selector().toString().replace("*", "x"))
                                .filter(template::canBe))
                .distinct()
                .map(TableName::new);
    }

    private Partitioning partitioning(TableName table) {
        Partitioning partitioning = Partitioning.NONE;
        for (TableEntry entry : entries) {
            if (entry.selects(table) && entry.saysPartitioning()) {
                partitioning = entry.partitioning();
            }
        }
        return partitioning;
    }

    private static RuleSettings rules(List<TableEntry> selecting) {
        RuleSettings rules = RuleSettings.NOTHING;
        for (TableEntry entry : selecting) {
            rules = entry.over(rules);
        }
        return rules;
    }

    private Optional<Sorting> sorting(TableName table) {
        return entries.stream()
                .filter(entry -> entry.selects(table) && entry.saysSorting())
                .reduce((earlier, later) -> later)
                .map(TableEntry::sorting);
    }

    private Optional<List<TableName>> there(RoutedByValue route, Diagnostics here) {
        try {
            return context.tables(route.template().namespace()).map(tables -> tables.stream()
                    .filter(table ->
                            !reserved.contains(table) && route.template().canBe(table.full()))
                    .sorted()
                    .toList());
        } catch (OutsideException outside) {
            here.report(Diagnostic.error(
                    PlanCode.TABLE_UNREADABLE, route.routed().routedAt(), String.valueOf(outside.getMessage())));
            return Optional.empty();
        }
    }
}
