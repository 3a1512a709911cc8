package dev.firn.connector.kafka.proposal;

import dev.firn.connector.kafka.KafkaSourceConnector;
import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.connector.kafka.broker.Cluster;
import dev.firn.connector.kafka.broker.ClusterFailure;
import dev.firn.definition.reference.ReferenceResolver;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.YamlText;
import dev.firn.schema.OpenRegistry;
import dev.firn.schema.RegistryOptions;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.ProposedSource;
import dev.firn.spi.source.Sample;
import dev.firn.spi.source.SourceAddress;
import dev.firn.spi.source.SourceProposer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Proposes a {@code source:} of type {@code kafka} for a topic. */
public final class KafkaSourceProposer implements SourceProposer {

    @Override
    public String type() {
        return KafkaSourceConnector.TYPE;
    }

    @Override
    public List<String> streams(SourceAddress at) {
        SortedMap<String, Text> properties = new TreeMap<>();
        at.properties().forEach((name, value) -> properties.put(name, new Text(value)));
        properties.put("bootstrap.servers", new Text(at.servers()));
        ClientSettings settings = new ClientSettings("firn-new", properties);
        ReferenceResolver references = SystemReferences.ofThisProcess();
        try (Cluster cluster = Cluster.connectImpatiently(settings.admin(references))) {
            return cluster.names().stream()
                    // Kafka's own topics and the registry's.
                    .filter(name -> !name.startsWith("_"))
                    .sorted()
                    .toList();
        } catch (ClusterFailure failure) {
            throw new OutsideException(settings.complaint(failure, references), failure);
        }
    }

    @Override
    public ProposedSource asItIs(String stream, SourceAddress at) {
        return source(stream, at, ProposedFormat.bytes(), Map.of());
    }

    @Override
    public ProposedSource fitting(String stream, SourceAddress at, Sample seen) {
        Optional<ProposedFormat.Registry> registry = at.registry()
                .map(url -> new ProposedFormat.Registry(
                        OpenRegistry.of(RegistryOptions.at(new Text(url)), SystemReferences.ofThisProcess())
                                .client(),
                        ProposedRegistry.of(url)));
        ProposedFormat format = ProposedFormat.of(stream, SampledValues.of(seen.records()), registry);
        return source(
                stream,
                at,
                format,
                registry.map(asked -> asked.named().secrets()).orElse(Map.of()));
    }

    private ProposedSource source(
            String topic, SourceAddress at, ProposedFormat format, Map<String, String> ofTheRegistry) {
        ProposedProperties properties = ProposedProperties.of(at);
        List<String> lines = new ArrayList<>();
        lines.add("type: " + type());
        lines.add("topics: [" + YamlText.of(topic) + "]");
        lines.add("properties:");
        properties.shown().forEach((name, value) -> lines.add("  " + YamlText.of(name) + ": " + YamlText.of(value)));
        format.why().forEach(sentence -> lines.add("# " + sentence));
        lines.add("format: {" + format.options() + "}");
        SortedMap<String, String> secrets = new TreeMap<>(properties.secrets());
        secrets.putAll(ofTheRegistry);
        return new ProposedSource(lines, secrets, format.why());
    }
}
