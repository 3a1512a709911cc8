package dev.firn.connector.kafka.broker;

import dev.firn.connector.kafka.KafkaCode;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.StreamSelection;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What the brokers say, said to the owner of the file. */
record BrokerReport(Bound<?> source, ClientSettings settings, ReferenceResolver references, Diagnostics diagnostics) {

    private static final String PROPERTIES = "properties";

    /** The enumerator's own setting, which stands among Kafka's. */
    private static final String DISCOVERY = "partition.discovery.interval.ms";

    /** Kafka passes unknown settings on in silence, so a typing mistake is worth a warning; a plugin's setting is none. */
    void unknownProperties() {
        Set<String> known = new TreeSet<>(ConsumerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        known.add(DISCOVERY);
        for (String name : settings.properties().keySet()) {
            Optional<String> meant = known.contains(name) ? Optional.empty() : Suggestion.nearest(name, known);
            meant.ifPresent(word -> diagnostics.report(Diagnostic.warning(
                            KafkaCode.UNKNOWN_KAFKA_PROPERTY,
                            source.span(PROPERTIES, name),
                            "Kafka's clients know no property `" + name + "`")
                    .fixedBy("rename it to `" + word + "`")));
        }
    }

    void absent(Collection<NamedStream> streams, Topics topics, Collection<String> existing) {
        for (NamedStream stream : streams) {
            if (topics.missing().contains(stream.name())) {
                Diagnostic missing = Diagnostic.error(
                        KafkaCode.TOPIC_NOT_FOUND,
                        stream.span(),
                        "the brokers at `" + settings.brokers(references) + "` have no topic `" + stream.name() + "`");
                diagnostics.report(missing.fixedBy(Suggestion.nearest(stream.name(), existing)
                        .map(name -> "rename it to `" + name + "`")
                        .orElse("create the topic, or correct its name")));
            } else if (topics.forbidden().contains(stream.name())) {
                diagnostics.report(Diagnostic.error(
                                KafkaCode.BROKER_REFUSED,
                                stream.span(),
                                "the brokers at `" + settings.brokers(references) + "` refuse access to topic `"
                                        + stream.name() + "`")
                        .fixedBy("allow this client to describe and read it"));
            }
        }
    }

    /** What selects nothing may be meant for topics that are still to come, as long as the source has others to read. */
    void unmatched(StreamSelection selection, Collection<String> existing) {
        boolean readsNothing = selection.named().isEmpty()
                && selection.unmatched(existing).size() == selection.selecting().size();
        for (StreamSelection.Line line : selection.unmatched(existing)) {
            String said = "the brokers at `" + settings.brokers(references) + "` have no topic that `" + line.text()
                    + "` selects" + (selection.exclude().isEmpty() ? "" : " and `exclude` does not take out");
            diagnostics.report(
                    readsNothing
                            ? Diagnostic.error(KafkaCode.TOPIC_NOT_FOUND, line.span(), said)
                                    .fixedBy("correct it, create the topics, or let this client see them")
                            : Diagnostic.warning(KafkaCode.TOPIC_NOT_FOUND, line.span(), said)
                                    .fixedBy("correct it; or leave it, if they are still to come"));
        }
    }

    void failure(ClusterFailure failure) {
        String complaint = settings.complaint(failure, references);
        SourceSpan span = source.span(PROPERTIES, AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        diagnostics.report(
                switch (failure.kind()) {
                    case UNREACHABLE -> Diagnostic.error(KafkaCode.BROKER_UNREACHABLE, span, complaint)
                            .fixedBy("check the address, and that it is reachable from here with these `properties`");
                    case REFUSED -> Diagnostic.error(KafkaCode.BROKER_REFUSED, span, complaint);
                    case WRONG_SETTING -> Diagnostic.error(
                            KafkaCode.INVALID_KAFKA_PROPERTY, source.span(PROPERTIES), complaint);
                });
    }
}
