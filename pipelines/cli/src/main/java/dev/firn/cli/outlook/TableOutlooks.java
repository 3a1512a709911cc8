package dev.firn.cli.outlook;

import dev.firn.cli.outlook.TableOutlook.Fate;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.table.Decision;
import dev.firn.flink.outlook.Outlook;
import dev.firn.flink.write.PlannedPolicies;
import dev.firn.flink.write.PlannedRules;
import dev.firn.plan.PipelinePlan;
import dev.firn.plan.SourcePlan;
import dev.firn.plan.TableAction;
import dev.firn.plan.TablePlan;
import dev.firn.plan.TablesByValuePlan;
import dev.firn.plan.settings.Setting;
import dev.firn.plan.settings.TableSettingsPage;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.EvolutionPolicies;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaLineage;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.OutsideException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through all tables that a plan has for some streams. */
public final class TableOutlooks {

    private final PipelineDefinition definition;
    private final EvolutionPolicies policies;
    private final Outlook outlook;
    private final PlannedRules rules;
    private final Map<String, Asked> asked = new LinkedHashMap<>();

    /** A stream and the schema that is asked about. */
    private record Asked(SourcePlan source, String stream, int schemaId) {}

    /** What a stream's format says of the schema: its versions, or that the table gets none of its records. */
    private record Answer(List<SchemaLineage> lineages, String refusal) {}

    /**
     * @param streams all of one subject
     * @param schemaIds the id of the schema in each source
     */
    private TableOutlooks(
            PipelineDefinition definition,
            PipelinePlan plan,
            Outlook outlook,
            List<FramedStream> streams,
            Map<String, Integer> schemaIds) {
        this.policies = PlannedPolicies.in(plan);
        this.rules = PlannedRules.in(plan);
        this.definition = definition;
        this.outlook = outlook;
        for (FramedStream stream : streams) {
            SourcePlan source = source(plan, stream);
            asked.put(stream.path(), new Asked(source, stream.name(), schemaIds.getOrDefault(source.name(), 0)));
        }
    }

    public static List<TableOutlook> of(
            PipelineDefinition definition,
            PipelinePlan plan,
            Outlook outlook,
            List<FramedStream> streams,
            Map<String, Integer> schemaIds) {
        return new TableOutlooks(definition, plan, outlook, streams, schemaIds).all(plan);
    }

    static SourcePlan source(PipelinePlan plan, FramedStream stream) {
        return plan.sources().stream()
                .filter(source -> source.name().equals(stream.source().name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("our bug: no source of " + stream.path()));
    }

    private Answer answer(TableName table, String path) {
        Asked about = Optional.ofNullable(asked.get(path)).orElseThrow();
        try {
            return new Answer(outlook.lineages(about.source(), about.stream(), about.schemaId(), rules.of(table)), "");
        } catch (Rejected rejected) {
            if (rejected.code() == RejectCode.SCHEMA_UNAVAILABLE) {
                throw new OutsideException(rejected.reason());
            }
            return new Answer(List.of(), rejected.reason());
        }
    }

    private List<TableOutlook> all(PipelinePlan plan) {
        List<TableOutlook> tables = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            List<String> from = among(table.streams());
            if (!from.isEmpty()) {
                tables.addAll(
                        table.action() == TableAction.CREATE
                                ? List.of(created(table.name().full(), Fate.CREATED, from, table.schema()))
                                : there(table.name(), from));
            }
        }
        for (TablesByValuePlan byValue : plan.tablesByValue()) {
            List<String> from = among(byValue.streams());
            if (!from.isEmpty()) {
                byValue.there().orElse(List.of()).forEach(table -> tables.addAll(there(table, from)));
                tables.add(created(byValue.template().text(), Fate.CREATED_LATER, from, byValue.schema()));
            }
        }
        return tables;
    }

    private List<String> among(List<String> streams) {
        return streams.stream().filter(asked::containsKey).toList();
    }

    private static TableOutlook created(String table, Fate fate, List<String> streams, Optional<TableSchema> schema) {
        return new TableOutlook(
                table,
                streams,
                fate,
                List.of(),
                List.of(),
                "",
                schema.map(TableSchema::columns).orElse(List.of()));
    }

    /** Streams whose records are read alike together. */
    private List<TableOutlook> there(TableName table, List<String> streams) {
        Map<Answer, List<String>> alike = new LinkedHashMap<>();
        streams.forEach(stream -> alike.computeIfAbsent(answer(table, stream), first -> new ArrayList<>())
                .add(stream));
        List<TableOutlook> outlooks = new ArrayList<>();
        alike.forEach((answer, from) -> outlooks.add(outlook(table, from, answer)));
        return outlooks;
    }

    private TableOutlook outlook(TableName table, List<String> streams, Answer answer) {
        Optional<Foreseen> foreseen =
                answer.lineages().isEmpty() ? Optional.empty() : outlook.table(table, answer.lineages(), policies);
        if (foreseen.isEmpty()) {
            String reason = answer.refusal().isEmpty() ? "it has gone just now" : answer.refusal();
            return new TableOutlook(table.full(), streams, Fate.QUARANTINES, List.of(), List.of(), reason, List.of());
        }
        List<ChangeLine> changes = changes(table, foreseen.get().decided());
        if (foreseen.get() instanceof Foreseen.Refuses refuses) {
            return new TableOutlook(
                    table.full(),
                    streams,
                    fate(refuses.decision()),
                    changes,
                    List.of(),
                    isDecided(refuses) ? "" : refuses.reason(),
                    List.of());
        }
        Foreseen.Takes takes = (Foreseen.Takes) foreseen.get();
        return new TableOutlook(
                table.full(),
                streams,
                fate(takes),
                changes,
                List.copyOf(takes.leftOut()),
                "",
                takes.columns().columns());
    }

    /** Whether one of the changes says why, so that it need not be said again. */
    private static boolean isDecided(Foreseen.Refuses refuses) {
        return refuses.decided().stream().anyMatch(one -> one.decision() == refuses.decision());
    }

    private static Fate fate(Foreseen.Takes takes) {
        if (!takes.leftOut().isEmpty()) {
            return Fate.LEAVES_OUT;
        }
        return takes.decided().isEmpty() ? Fate.UNCHANGED : Fate.CHANGED;
    }

    private static Fate fate(Decision refusal) {
        return switch (refusal) {
            case QUARANTINE -> Fate.QUARANTINES;
            case PAUSE_TABLE -> Fate.PAUSES;
            case FAIL -> Fate.ENDS_THE_JOB;
            case APPLY, KEEP_NULLABLE, IGNORE -> throw new IllegalStateException(
                    "our bug: refused with " + refusal.word());
        };
    }

    private List<ChangeLine> changes(TableName table, List<Decided> decided) {
        TableSettingsPage page = TableSettingsPage.of(definition.tables(), table);
        return decided.stream().map(one -> ChangeLine.of(one, by(page, one))).toList();
    }

    private static String by(TableSettingsPage page, Decided decided) {
        String name = "schema-evolution." + decided.change().kind().word();
        return page.rows().stream()
                .filter(row -> row.name().equals(name))
                .flatMap(row -> row.from().stream())
                .map(TableOutlooks::by)
                .findFirst()
                .orElse("default");
    }

    private static String by(Setting setting) {
        boolean isPreset = setting.key().filter("preset"::equals).isPresent();
        return setting.place() + (isPreset ? " (" + setting.text() + ")" : "");
    }
}
