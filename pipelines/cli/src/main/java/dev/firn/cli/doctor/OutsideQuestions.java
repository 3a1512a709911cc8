package dev.firn.cli.doctor;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Severity;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.plan.LivePlanContext;
import dev.firn.plan.PlanCode;
import dev.firn.plan.Planner;
import dev.firn.plan.QuarantineTopics;
import dev.firn.spi.Connectors;
import dev.firn.spi.health.Health;
import dev.firn.spi.health.HealthCheck;
import dev.firn.spi.ledger.LedgerState;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.QuarantineTopicFactory;
import dev.firn.spi.source.RegisteredSchema;
import dev.firn.spi.source.SourceConnector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a run needs of sources, registries and the catalog. Asks, and changes nothing there. */
public record OutsideQuestions(PipelineDefinition definition, Connectors connectors, ReferenceResolver references) {

    private static final Duration HOLD_UNLESS_SAID = Duration.ofHours(12);

    /** In the order in which a record meets them. */
    public List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (SourceDefinition source : definition.sources()) {
            String about = "source " + source.name();
            connections(source).forEach(check -> questions.add(new Question(about, check)));
            questions.add(new Question(about, new HealthCheck("schema registry", () -> schemas(source))));
        }
        QuarantineTopics.of(definition, connectors)
                .ifPresent(topic ->
                        questions.add(new Question("quarantine", new HealthCheck("topic", () -> looked(topic)))));
        questions.add(new Question("catalog", new HealthCheck("catalog", this::catalog)));
        return questions;
    }

    private List<Health> looked(QuarantineTopicFactory topic) {
        try {
            return topic.look(references);
        } catch (UnresolvedReference unresolved) {
            return List.of(notAsked("topic", unresolved));
        }
    }

    private List<HealthCheck> connections(SourceDefinition source) {
        try {
            return connectors.source(source.type()).healthChecks(source, references, longestHold());
        } catch (UnresolvedReference unresolved) {
            return List.of(new HealthCheck(source.type(), () -> List.of(notAsked(source.type(), unresolved))));
        }
    }

    /** For as long as a table may be held, records must be where they are. */
    private Duration longestHold() {
        return definition.tables().stream()
                .map(table -> table.options().hold().time())
                .max(Comparator.naturalOrder())
                .filter(longest -> longest.compareTo(HOLD_UNLESS_SAID) > 0)
                .orElse(HOLD_UNLESS_SAID);
    }

    private List<Health> schemas(SourceDefinition source) {
        SourceConnector connector = connectors.source(source.type());
        Diagnostics complaints = new Diagnostics();
        List<Health> found = new ArrayList<>();
        try {
            for (RegisteredSchema schema : connector.registered(source, references, complaints)) {
                found.add(Health.well("subject " + schema.registration().subject(), version(schema)));
            }
        } catch (UnresolvedReference unresolved) {
            return List.of(notAsked("schema registry", unresolved));
        }
        complaints.inOrder().stream()
                .map(complaint -> health("schema registry", complaint))
                .forEach(found::add);
        return found;
    }

    private static String version(RegisteredSchema schema) {
        String version = schema.registration().version().isPresent()
                ? ", version " + schema.registration().version().getAsInt()
                : "";
        return schema.registration().type() + version + ", in `"
                + schema.registration().registry() + "`";
    }

    private List<Health> catalog() {
        Diagnostics complaints = new Diagnostics();
        try (LivePlanContext context = LivePlanContext.open(definition, connectors, references, complaints)) {
            Optional<Lake> lake = context.lake();
            if (lake.isEmpty()) {
                List<Health> why = complaints.inOrder().stream()
                        .filter(complaint -> complaint.severity() == Severity.ERROR)
                        .map(complaint -> health("catalog", complaint))
                        .toList();
                return why.isEmpty() ? List.of(Health.notTried("catalog", "its options are wrong, as lint says")) : why;
            }
            TableName ledger = Planner.lakeNames(definition).ledger();
            return List.of(
                    Health.well("catalog", "it answers"),
                    Health.well("namespace", namespace(definition.sink().namespace(), lake.get())),
                    Health.notTried("may make tables", "nothing tells but making one, as the first run does"),
                    ledger(ledger, lake.get()));
        }
    }

    private static String namespace(String namespace, Lake lake) {
        int tables = lake.tables(namespace).size();
        return tables == 0
                ? "`" + namespace + "` has no table, or is not there yet"
                : "`" + namespace + "` has " + tables + (tables == 1 ? " table" : " tables");
    }

    /** Asking a lake for its ledger makes it, so the table is asked for first. */
    private static Health ledger(TableName name, Lake lake) {
        if (lake.table(name).isEmpty()) {
            return Health.well("ledger", "there is none yet: the pipeline has not run");
        }
        LedgerState state = lake.ledger().read();
        Optional<Instant> at = state.writtenAt().values().stream().max(Comparator.naturalOrder());
        String written = at.map(time -> ", written " + time.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        String open = state.open().isEmpty()
                ? ""
                : "; not yet in all tables: " + state.open().size();
        return Health.well(
                "ledger", "`" + name + "`: epoch " + state.lastEpoch() + " of run " + state.lastRun() + written + open);
    }

    private static Health notAsked(String what, UnresolvedReference unresolved) {
        return Health.notTried(what, "there is nothing behind `" + unresolved.reference() + "`");
    }

    private static Health health(String what, Diagnostic complaint) {
        if (complaint.code() == PlanCode.UNRESOLVED_REFERENCE) {
            // Told of the file already.
            return Health.notTried(what, complaint.message());
        }
        return complaint.severity() == Severity.ERROR
                ? new Health(what, Health.Verdict.UNWELL, complaint.message(), complaint.fix())
                : Health.well(what, complaint.message());
    }
}
