package dev.firn.plan;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.QuarantineOptions;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.spi.Connectors;
import dev.firn.spi.health.Health;
import dev.firn.spi.sink.QuarantineTopicFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The topic that {@code quarantine} names: where it is follows from the sources, which have to agree about it. */
public final class QuarantineTopics {

    private static final String OPTION = "topic";

    private final PipelineDefinition definition;
    private final Connectors connectors;

    private QuarantineTopics(PipelineDefinition definition, Connectors connectors) {
        this.definition = definition;
        this.connectors = connectors;
    }

    /** The topic of the file; empty where it names none, or it is not to be told where that one is. */
    public static Optional<QuarantineTopicFactory> of(PipelineDefinition definition, Connectors connectors) {
        List<QuarantineTopicFactory> places = new QuarantineTopics(definition, connectors)
                .candidates().values().stream().distinct().toList();
        return places.size() == 1 && places.get(0).complaint().isEmpty()
                ? Optional.of(places.get(0))
                : Optional.empty();
    }

    /** The same for a job, whose plan has no error. */
    public static Optional<QuarantineTopicFactory> of(PipelinePlan plan, Connectors connectors) {
        return plan.sink().topic().map(topic -> {
            SourcePlan source = plan.sources().stream()
                    .filter(planned -> planned.name().equals(topic.source()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("our bug: the plan has no source " + topic.source()));
            return connectors
                    .source(source.type())
                    .quarantineTopic(plan.pipeline(), topic.topic(), source.options())
                    .orElseThrow(
                            () -> new IllegalStateException("our bug: source " + topic.source() + " has no topics"));
        });
    }

    /** @param streams what each source reads, by its name */
    static Optional<TopicPlan> plan(
            PipelineDefinition definition,
            Connectors connectors,
            PlanContext context,
            Map<String, List<String>> streams,
            Diagnostics diagnostics) {
        return new QuarantineTopics(definition, connectors).plan(context, streams, diagnostics);
    }

    private Optional<TopicPlan> plan(PlanContext context, Map<String, List<String>> streams, Diagnostics diagnostics) {
        Optional<String> topic = topic();
        if (topic.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, QuarantineTopicFactory> candidates = candidates();
        if (candidates.isEmpty()) {
            return wrong(
                    "there is no source with Kafka's brokers, so nobody knows where topic `" + topic.get() + "` is",
                    "remove it: the quarantine table has the same records",
                    diagnostics);
        }
        String source = candidates.firstKey();
        QuarantineTopicFactory place = candidates.values().iterator().next();
        if (candidates.values().stream().distinct().count() > 1) {
            return wrong(
                    "the sources " + named(candidates)
                            + " have different brokers, or another login there, so it is not to be"
                            + " told where topic `" + topic.get() + "` is",
                    "let them have the same brokers and login, or make a pipeline of each",
                    diagnostics);
        }
        if (place.complaint().isPresent()) {
            return wrong(place.complaint().get(), "correct the name", diagnostics);
        }
        Optional<String> reader = candidates.keySet().stream()
                .filter(name ->
                        streams.getOrDefault(name, List.of()).contains(topic.get()) || selects(name, topic.get()))
                .findFirst();
        if (reader.isPresent()) {
            return wrong(
                    "source `" + reader.get() + "` reads topic `" + topic.get()
                            + "`: what is bad would be read from there, and be bad again",
                    "name another topic, or let the source `exclude` it",
                    diagnostics);
        }
        for (Health health : context.look(place)) {
            if (health.verdict() == Health.Verdict.UNWELL) {
                wrong(
                        "topic `" + topic.get() + "` can't be written to: " + health.seen(),
                        health.mend().orElse("name another topic"),
                        diagnostics);
            }
        }
        return Optional.of(new TopicPlan(topic.get(), source));
    }

    /** Also where it is not there yet: a start would read it from then on. */
    private boolean selects(String source, String topic) {
        return definition.sources().stream()
                .filter(one -> one.name().equals(source))
                .anyMatch(one -> connectors
                        .source(one.type())
                        .describe(one, new Diagnostics())
                        .reads(topic));
    }

    private Optional<TopicPlan> wrong(String message, String fix, Diagnostics diagnostics) {
        definition.quarantine().map(section -> section.span(OPTION)).ifPresent(span -> diagnostics
                .at("quarantine")
                .report(Diagnostic.error(PlanCode.QUARANTINE_TOPIC_UNSUITED, span, message)
                        .fixedBy(fix)));
        return Optional.empty();
    }

    private static String named(SortedMap<String, QuarantineTopicFactory> sources) {
        return sources.keySet().stream().map(name -> "`" + name + "`").collect(Collectors.joining(" and "));
    }

    private Optional<String> topic() {
        return definition.quarantine().map(Bound::options).flatMap(QuarantineOptions::topic);
    }

    /** Where it could be, by the source. */
    private SortedMap<String, QuarantineTopicFactory> candidates() {
        SortedMap<String, QuarantineTopicFactory> candidates = new TreeMap<>(Comparator.naturalOrder());
        topic().ifPresent(topic -> {
            for (SourceDefinition source : definition.sources()) {
                connectors
                        .source(source.type())
                        .quarantineTopic(
                                definition.name(), topic, source.component().options())
                        .ifPresent(place -> candidates.put(source.name(), place));
            }
        });
        return candidates;
    }
}
