package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.selector.TableTemplate;
import dev.firn.plan.PlanContext.TableKnowledge;
import dev.firn.plan.settings.HiddenSettings;
import dev.firn.spi.evolution.EvolutionPolicy;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.rule.RowRules;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.sink.ExistingTable;
import dev.firn.spi.source.OutsideException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Groups streams into tables and gives each its effective settings. */
final class TablePlanner {

    private final PipelineDefinition definition;
    private final PlanContext context;
    private final Diagnostics diagnostics;
    private final List<SourcePlan> sources;
    private final List<TableEntry> entries;

    TablePlanner(
            PipelineDefinition definition, List<SourcePlan> sources, PlanContext context, Diagnostics diagnostics) {
        this.sources = List.copyOf(sources);
        this.definition = definition;
        this.context = context;
        this.diagnostics = diagnostics;
        this.entries = definition.tables().stream()
                .map(entry -> TableEntry.read(entry, diagnostics))
                .toList();
        Duration interval = definition.pipeline().options().checkpointInterval();
        for (TableEntry entry : entries) {
            Diagnostics here = diagnostics.at(entry.place());
            new CommitsCheck(interval, here).check(entry.bound());
            new DistributionCheck(here).check(entry.bound());
        }
    }

    /** The tables, sorted by name. */
    /** @param mayBeMore whether streams are not known that may lead to other tables */
    List<TablePlan> plan(List<RoutedStream> routed, List<TableTemplate> templates, boolean mayBeMore) {
        SortedMap<TableName, List<RoutedStream>> byTable = new TreeMap<>();
        routed.forEach(stream -> byTable.computeIfAbsent(stream.table(), name -> new ArrayList<>())
                .add(stream));
        new NameClashes(definition, diagnostics).check(byTable);
        if (!mayBeMore && !diagnostics.has(DefinitionCode.NOT_BUILT_YET)) {
            reportUnmatchedEntries(byTable.keySet(), templates);
        }
        new HiddenSettings(definition.tables(), diagnostics).check(byTable.keySet());
        List<TablePlan> plans = new ArrayList<>();
        byTable.forEach((name, streams) -> plans.add(plan(name, streams)));
        return plans;
    }

    List<TableEntry> entries() {
        return entries;
    }

    private TablePlan plan(TableName name, List<RoutedStream> streams) {
        Diagnostics here = diagnostics.at("table " + name);
        Optional<TableSchema> records = new SharedSchema(name, here).of(streams);
        SortedMap<String, String> properties = new TreeMap<>();
        Map<String, SourceSpan> saidProperties = new HashMap<>();
        Partitioning partitioning = Partitioning.NONE;
        Optional<Sorting> sorting = Optional.empty();
        TableCommits commits = TableCommits.DEFAULT;
        EvolutionSettings evolution = EvolutionSettings.NOTHING;
        RuleSettings rules = RuleSettings.NOTHING;
        KeySettings keyed = KeySettings.NOTHING;
        for (TableEntry entry : entries) {
            if (entry.selects(name)) {
                entry.bound().options().properties().forEach((key, value) -> {
                    properties.put(key, value);
                    saidProperties.put(key, entry.bound().span("properties", key));
                });
                partitioning = entry.saysPartitioning() ? entry.partitioning() : partitioning;
                sorting = entry.saysSorting() ? Optional.of(entry.sorting()) : sorting;
                commits = entry.over(commits);
                evolution = entry.over(evolution);
                rules = entry.over(rules);
                keyed = entry.over(keyed);
            }
        }
        keyed = keyed.orKey(StreamKeys.of(streams, rules));
        EvolutionPolicy policy = evolution.policy().withKey(rules.keptColumns(keyed));
        TableKnowledge knowledge = knowledge(name, streams.get(0), here);
        List<TableEntry> selecting = RulesCheck.selecting(entries, name);
        records.ifPresent(columns -> new ShapeCheck(here).check(selecting, columns));
        RuleSettings ofRows = rules;
        Optional<TableSchema> schema = records.map(ofRows::table);
        KeyCheck.Of ofKey = new KeyCheck.Of(keyed, policy, commits, StreamKeys.areSaidLater(streams));
        new KeyCheck(name, here).check(selecting, ofKey, schema, knowledge.existing());
        new UniqueCheck(name, context, here).check(selecting, ofKey, schema, knowledge.existing());
        EventTimeCheck late =
                EventTimeCheck.of(name, selecting, new EventTimeCheck.Of(ofRows, ofKey, Map.copyOf(properties)));
        Optional<TableSchema> now = knowledge.existing().map(ExistingTable::schema);
        here.reportAll(late.unsuited());
        here.reportAll(late.columns(records.map(ofRows::clear), now));
        here.reportAll(late.unsuitedBy(name, context, now));
        new MaskCheck(definition, here).check(selecting, records.map(ofRows::clear), keyed.keptColumns());
        if (schema.isPresent()) {
            new DeletesCheck(name, here)
                    .check(
                            selecting,
                            keyed,
                            streams,
                            new DeletesCheck.Of(keyed.key(), rules.shape().shape(records.orElseThrow()), schema.get()));
            new PartitionCheck(name, here).check(partitioning, schema.get());
            sorting.ifPresent(said -> new SortCheck(name, here).check(said, schema.get()));
            Optional<Set<Foreseen>> foreseen = knowledge
                    .existing()
                    .filter(there -> !schema.get().equals(there.schema()))
                    .flatMap(there -> foreseen(name, streams, policy, ofRows.rules(records)));
            new RulesCheck(here)
                    .check(
                            selecting,
                            ofRows.isShaped() ? records : Optional.empty(),
                            RulesCheck.tables(schema.get(), knowledge.existing().map(ExistingTable::schema), foreseen)
                                    .stream()
                                    .map(table -> ofRows.unmasked(table, records.get()))
                                    .toList());
            if (knowledge.existing().isPresent()) {
                DriftCheck drift = new DriftCheck(name, streams.get(0).routedAt(), policy, here);
                ExistingTable there = knowledge.existing().get();
                drift.check(schema.get(), partitioning, there, foreseen);
                sorting.ifPresent(said -> drift.sorting(said, there));
                drift.properties(properties, saidProperties, there);
            } else {
                new ColumnNamesCheck(name.full(), here).check(streams, schema.get());
            }
        }
        return new TablePlan(
                name,
                action(knowledge),
                streams.stream().map(RoutedStream::id).sorted().toList(),
                schema,
                records,
                partitioning.transforms(),
                sorting.map(Sorting::fields).orElse(List.of()),
                properties,
                commits,
                policy,
                rules,
                keyed.key(),
                keyed.uniqueRows(),
                keyed.ignoresDeletes());
    }

    /** Of a table that does not just have the columns of its streams. */
    private Optional<Set<Foreseen>> foreseen(
            TableName name, List<RoutedStream> streams, EvolutionPolicy policy, RowRules rules) {
        Set<Foreseen> foreseen = new LinkedHashSet<>();
        for (RoutedStream stream : streams) {
            Optional<Foreseen> one = sources.stream()
                    .filter(source -> source.name().equals(stream.source()))
                    .findFirst()
                    .flatMap(source -> context.foresee(
                            new Foresight.Question(source, stream.stream().name(), name, policy, rules)));
            if (one.isEmpty()) {
                return Optional.empty();
            }
            foreseen.add(one.get());
        }
        return Optional.of(foreseen);
    }

    private TableKnowledge knowledge(TableName name, RoutedStream first, Diagnostics here) {
        try {
            return context.table(name);
        } catch (OutsideException outside) {
            String reason = String.valueOf(outside.getMessage());
            here.report(
                    context.isDetached(name)
                            ? Diagnostic.warning(
                                    PlanCode.TABLE_UNREADABLE,
                                    first.routedAt(),
                                    reason + "; it is detached, so the pipeline goes on without it")
                            : Diagnostic.error(PlanCode.TABLE_UNREADABLE, first.routedAt(), reason));
            return TableKnowledge.NOT_ASKED;
        }
    }

    private static TableAction action(TableKnowledge knowledge) {
        if (!knowledge.asked()) {
            return TableAction.UNKNOWN;
        }
        return knowledge.existing().isPresent() ? TableAction.NOTHING : TableAction.CREATE;
    }

    private void reportUnmatchedEntries(Set<TableName> tables, List<TableTemplate> templates) {
        for (TableEntry entry : entries) {
            if (tables.stream().noneMatch(entry::selects) && templates.stream().noneMatch(entry::maySelect)) {
                diagnostics
                        .at(entry.place())
                        .report(Diagnostic.warning(
                                        PlanCode.UNMATCHED_TABLE_ENTRY,
                                        entry.bound().span("table"),
                                        "no stream is routed to a table that `" + entry.selector() + "` selects")
                                .expecting(expected(tables)));
            }
        }
    }

    private static String expected(Set<TableName> tables) {
        return tables.isEmpty()
                ? "a table that `route:` names"
                : Suggestion.oneOf(tables.stream().map(TableName::full).toList());
    }
}
