package dev.firn.connector.kafka.broker;

import dev.firn.connector.kafka.KafkaCode;
import dev.firn.connector.kafka.KafkaOptions;
import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.connector.kafka.TopicRules;
import dev.firn.connector.kafka.TopicSchemas;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.schema.Subjects;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.FoundBefore;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.Sample;
import dev.firn.spi.source.SampleRequest;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSelection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The planner's look at the brokers: which topics there are, their schemas, and where their partitions start and end. */
public final class KafkaInspector implements SourceInspector {

    private final SourceDefinition source;
    private final KafkaOptions options;
    private final StreamSelection selection;
    private final ReferenceResolver references;
    private final ClientSettings settings;
    private final Properties admin;
    private @Nullable Cluster cluster;

    private KafkaInspector(SourceDefinition source, StreamSelection selection, ReferenceResolver references) {
        this.source = source;
        this.options = (KafkaOptions) source.component().options();
        this.selection = selection;
        this.references = references;
        this.settings = new ClientSettings("firn-plan-" + source.name(), options.properties());
        this.admin = settings.admin(references);
    }

    /**
     * Resolves the settings; nobody is asked yet.
     *
     * @throws dev.firn.definition.reference.UnresolvedReference if a setting holds one
     */
    public static KafkaInspector open(
            SourceDefinition source, StreamSelection selection, ReferenceResolver references) {
        return new KafkaInspector(source, selection, references);
    }

    @Override
    public List<StreamDescription> streams(Diagnostics diagnostics) {
        return streams(FoundBefore.NOTHING, diagnostics);
    }

    @Override
    public List<StreamDescription> streams(FoundBefore before, Diagnostics diagnostics) {
        BrokerReport report = new BrokerReport(source.component(), settings, references, diagnostics);
        report.unknownProperties();
        Optional<Seen> seen = look(report);
        seen.ifPresent(there -> reportGone(there, before, diagnostics));
        Subjects subjects =
                Subjects.of(options.format(), references, source.component().span("format", "registry"), before);
        Predicate<String> absent =
                topic -> seen.map(answer -> !answer.topics().found().containsKey(topic))
                        .orElseGet(() -> !TopicRules.isName(topic));
        List<StreamDescription> described = new ArrayList<>();
        TopicSchemas schemas = new TopicSchemas(source, subjects);
        selection.named().forEach(stream -> described.add(schemas.describe(stream, absent, diagnostics)));
        if (seen.isPresent()) {
            Set<String> named =
                    selection.named().stream().map(NamedStream::name).collect(Collectors.toSet());
            List<NamedStream> selected = seen.get().streams().stream()
                    .filter(stream -> !named.contains(stream.name()))
                    .toList();
            described.addAll(new SelectedStreams(
                            schemas,
                            before,
                            topic -> options.format()
                                    .registry()
                                    .filter(registry -> registry.subjects().containsKey(topic))
                                    .isPresent(),
                            diagnostics)
                    .describe(selected, described.isEmpty()));
        }
        if (selection.isOpen()) {
            // The topic that has what the file speaks of may be one that is not ready, or is gone.
            Diagnostics here = new Diagnostics();
            schemas.reportAboutAll(described, here);
            here.inOrder().forEach(found -> diagnostics.report(asWarning(found)));
        } else {
            schemas.reportAboutAll(described, diagnostics);
        }
        return described;
    }

    /**
     * A topic that the file does not name begins at its start whatever {@code startup} says, as it does once the source was read
     * before; that it does not in the very first run is for the job to say.
     */
    @Override
    public List<SplitRange> ranges() {
        try {
            Set<String> named = new HashSet<>(names(selection.named()));
            Map<String, Topic> topics = new TreeMap<>(connected().topics(named).all());
            List<String> selected =
                    names(read()).stream().filter(name -> !named.contains(name)).toList();
            topics.putAll(connected().topics(selected).visible());
            return extents(topics).stream()
                    .map(extent -> options.startup() == Startup.LATEST && named.contains(extent.split().stream())
                            ? new SplitRange(extent.split(), extent.end(), extent.end())
                            : extent)
                    .toList();
        } catch (ClusterFailure failure) {
            throw new OutsideException(settings.complaint(failure, references), failure);
        }
    }

    @Override
    public List<SplitRange> extents() {
        try {
            return extents(connected().topics(names()).visible());
        } catch (ClusterFailure failure) {
            throw new OutsideException(settings.complaint(failure, references), failure);
        }
    }

    @Override
    public Sample sample(SampleRequest request) {
        try {
            List<String> wanted = names().stream()
                    .filter(name ->
                            request.streams().map(only -> only.contains(name)).orElse(true))
                    .toList();
            List<SplitRange> extents = extents(connected().topics(wanted).visible());
            return TopicSample.take(settings.consumer(references), extents, request);
        } catch (ClusterFailure failure) {
            throw new OutsideException(settings.complaint(failure, references), failure);
        }
    }

    private List<SplitRange> extents(Map<String, Topic> topics) throws ClusterFailure {
        Cluster asked = connected();
        List<TopicPartition> partitions = topics.values().stream()
                .flatMap(topic -> topic.topicPartitions().stream())
                .toList();
        Map<TopicPartition, Long> starts = asked.starts(partitions);
        Map<TopicPartition, Long> ends = asked.ends(partitions, settings.isolation(references));
        List<SplitRange> extents = new ArrayList<>();
        for (Topic topic : topics.values()) {
            for (TopicPartition partition : topic.topicPartitions()) {
                extents.add(
                        new SplitRange(split(topic, partition), offset(starts, partition), offset(ends, partition)));
            }
        }
        return extents;
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Diagnostic asWarning(Diagnostic found) {
        Diagnostic warning = Diagnostic.warning(found.code(), found.span(), found.message());
        return found.fix().map(warning::fixedBy).orElse(warning);
    }

    /** What the file names is an error where it is not there; of what it selects nobody knows but who has read it. */
    private void reportGone(Seen there, FoundBefore before, Diagnostics diagnostics) {
        if (!selection.isOpen()) {
            return;
        }
        Set<String> streams = there.streams().stream().map(NamedStream::name).collect(Collectors.toSet());
        for (String stream : new TreeSet<>(before.streams())) {
            selection
                    .of(stream)
                    .filter(read -> !streams.contains(stream))
                    .ifPresent(gone -> diagnostics.report(Diagnostic.warning(
                                    KafkaCode.TOPIC_NOT_FOUND,
                                    gone.span(),
                                    "topic `" + stream + "` was read before, and the brokers at `"
                                            + settings.brokers(references)
                                            + "` do not show it: it is gone, or this client may not describe it any more")
                            .fixedBy("let this client describe it; or `exclude` it, if its records are not needed")));
        }
    }

    @Override
    public List<NamedStream> names(Diagnostics diagnostics) {
        return look(new BrokerReport(source.component(), settings, references, diagnostics))
                .map(Seen::streams)
                .orElseGet(selection::named);
    }

    /** @param streams that are read, those among them that are not there */
    private record Seen(List<NamedStream> streams, Topics topics) {}

    private Optional<Seen> look(BrokerReport report) {
        try {
            Cluster asked = connected();
            Set<String> named = new HashSet<>(names(selection.named()));
            List<NamedStream> listed = read();
            Topics topics = asked.topics(names(listed));
            // What was selected and is gone a moment later is not selected any more.
            List<NamedStream> streams = listed.stream()
                    .filter(stream ->
                            named.contains(stream.name()) || !topics.missing().contains(stream.name()))
                    .toList();
            Set<String> existing = topics.missing().isEmpty() && !selection.isOpen() ? Set.of() : asked.names();
            report.absent(streams, topics, existing);
            report.unmatched(selection, existing);
            return Optional.of(new Seen(streams, topics));
        } catch (ClusterFailure failure) {
            report.failure(failure);
            return Optional.empty();
        }
    }

    /** The brokers are asked for all their topics only where the file selects among them. */
    private List<NamedStream> read() throws ClusterFailure {
        return selection.isOpen() ? selection.among(connected().names()) : selection.named();
    }

    private Split split(Topic topic, TopicPartition partition) {
        return new Split(source.name(), topic.name(), partition.partition(), topic.id());
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition), "our bug: an offset was not asked for");
    }

    private List<String> names() throws ClusterFailure {
        return names(read());
    }

    private static List<String> names(List<NamedStream> streams) {
        return streams.stream()
                .map(NamedStream::name)
                .filter(TopicRules::isName)
                .toList();
    }

    private Cluster connected() throws ClusterFailure {
        if (cluster == null) {
            cluster = Cluster.connectImpatiently(admin);
        }
        return cluster;
    }
}
