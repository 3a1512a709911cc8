package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.kafka.KafkaOptions;
import dev.firn.connector.kafka.KafkaSourceConnector;
import dev.firn.definition.SourceDefinition;
import dev.firn.definition.bind.Binder;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.reference.Text;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.TopicLog;
import dev.firn.schema.registry.RegistryServers;
import dev.firn.schema.registry.RegistryUrl;
import dev.firn.spi.health.Health;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.ColumnType;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.FoundBefore;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SourceDescription.NamedStream;
import dev.firn.spi.source.SourceInspector;
import dev.firn.spi.source.SplitRange;
import dev.firn.spi.source.StreamDescription;
import dev.firn.spi.source.StreamSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The planner's look at Kafka topics, against a real broker and a real registry. */
class KafkaInspectorIT {

    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void seesTheColumnsOfATopic() {
        TopicLog orders = topic("seen_orders");
        String schema = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";
        Stack.running().register(orders.name() + "-value", schema);

        assertThat(streams(orders.brokers(), orders.name()))
                .singleElement()
                .extracting(stream -> stream.schema().orElseThrow())
                .isEqualTo(new StreamSchema(
                        new TableSchema(List.of(Column.required("id", ColumnType.Primitive.LONG))), schema));
        assertThat(complaints()).isEmpty();
    }

    @Test
    void namesTheTopicThatWasMeant() {
        TopicLog orders = topic("meant_orders");
        String mistyped = orders.name().replace("meant", "maent");

        assertThat(streams(orders.brokers(), mistyped)).hasSize(1);
        assertThat(complaints())
                .containsExactly("topic-not-found: the brokers at `" + orders.brokers() + "` have no topic `" + mistyped
                        + "` (rename it to `" + orders.name() + "`)");
    }

    @Test
    void givesUpABrokerThatDoesNotAnswerBeforeKafkaItselfWould() throws IOException {
        String nobody = "127.0.0.1:" + freePort();
        Stack.running();
        Instant before = Instant.now();

        streams(nobody, "orders");

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(45));
        assertThat(complaints())
                .contains("broker-unreachable: the brokers at `" + nobody + "` can't be read: no broker answers in time"
                        + " (check the address, and that it is reachable from here with these `properties`)");
        try (SourceInspector inspector = inspector(nobody, "orders")) {
            assertThatThrownBy(inspector::ranges)
                    .isInstanceOf(OutsideException.class)
                    .hasMessage("the brokers at `" + nobody + "` can't be read: no broker answers in time");
        }
    }

    @Test
    void endsBeforeAnOpenTransaction() {
        TopicLog orders = topic("ranged_orders");
        orders.append(5);
        orders.deleteBefore(2);
        orders.commit(1);
        Split split = new Split("events", orders.name(), 0, orders.id());

        try (TopicLog.Open transaction = orders.open(3);
                SourceInspector inspector = inspector(orders.brokers(), orders.name())) {
            assertThat(inspector.ranges()).containsExactly(new SplitRange(split, 2, 7));
            transaction.commit();
            assertThat(inspector.ranges()).containsExactly(new SplitRange(split, 2, 11));
        }
    }

    @Test
    void seesWhatTopicsHoldAndLeavesOutThoseThatAreGone() {
        TopicLog orders = topic("held_orders");
        orders.append(5);
        orders.deleteBefore(2);
        Split split = new Split("events", orders.name(), 0, orders.id());

        String topics = orders.name() + ", " + Stack.unique("gone_orders") + "]\nstartup: latest\n#";
        try (SourceInspector inspector = inspector(orders.brokers(), topics)) {
            assertThat(inspector.extents()).containsExactly(new SplitRange(split, 2, 5));
        }
    }

    @Test
    void saysOfEachTopicWhatADoctorWantsToKnow() throws Exception {
        TopicLog orders = topic("doctored_orders");
        orders.append(5);
        orders.deleteBefore(2);
        String gone = Stack.unique("gone_orders");
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", orders.brokers()))) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, orders.name());
            AlterConfigOp hour =
                    new AlterConfigOp(new ConfigEntry("retention.ms", "3600000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(hour))).all().get();
        }

        assertThat(health(orders.brokers(), orders.name() + ", " + gone, Duration.ofHours(12)))
                .containsExactly(
                        Health.well("brokers", "1 broker answers at `" + orders.brokers() + "`"),
                        Health.well("topic " + orders.name(), "1 partition, 3 records to read at most"),
                        Health.unwell(
                                "retention of " + orders.name(),
                                "records are kept for 3600 s, and tables may be held for 12 h",
                                "keep them longer: what is deleted before it is read is lost"),
                        Health.unwell("topic " + gone, "there is none", "create the topic, or correct its name"));
        assertThat(health(orders.brokers(), orders.name(), Duration.ofMinutes(60)))
                .contains(Health.well("retention of " + orders.name(), "records are kept for 3600 s"));
    }

    @Test
    void readsTheTopicsThatTheFileSelectsAndNoOthers() {
        TopicLog orders = topic("selected_orders");
        TopicLog refunds = topic("selected_refunds");
        TopicLog without = topic("selected_without");
        topic("selected_excluded");
        topic("deselected");
        orders.append(3);
        String schema = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";
        Stack.running().register(orders.name() + "-value", schema);
        Stack.running().register(refunds.name() + "-value", schema);
        String topics = "'selected_*', '/gone_\\d+/', " + orders.name() + "]\nexclude: [\"selected_excluded*\"]\n#";

        assertThat(streams(orders.brokers(), topics))
                .extracting(StreamDescription::name)
                .containsExactly(orders.name(), refunds.name());
        assertThat(complaints())
                .containsExactlyInAnyOrder(
                        "subject-not-found: topic `" + without.name()
                                + "` is not read: it has no schema in the registry yet; the next start looks again"
                                + " (register its schema, or `exclude` it)",
                        "topic-not-found: the brokers at `" + orders.brokers()
                                + "` have no topic that `/gone_\\d+/` selects and `exclude` does not take out"
                                + " (correct it; or leave it, if they are still to come)");
        assertThat(diagnostics.hasErrors()).isFalse();
        try (SourceInspector inspector = inspector(orders.brokers(), topics)) {
            assertThat(inspector.extents())
                    .extracting(range -> range.split().stream())
                    .containsExactlyInAnyOrder(orders.name(), refunds.name(), without.name());
            assertThat(inspector.names(diagnostics))
                    .extracting(NamedStream::name)
                    .containsExactly(orders.name(), refunds.name(), without.name());
        }
        assertThat(health(orders.brokers(), topics, Duration.ofHours(12)))
                .contains(
                        Health.well("topic " + orders.name(), "1 partition, 3 records to read at most"),
                        Health.notTried("topics /gone_\\d+/", "there is none that it selects"));
    }

    /** Where another pipeline's rows and the goal of {@code --until-caught-up} are looked for: a selected topic may be read from there. */
    @Test
    void aSelectedTopicBeginsAtItsStartAlsoWithLatest() {
        TopicLog named = topic("begun_named");
        TopicLog selected = topic("begun_selected");
        named.append(3);
        selected.append(5);

        String topics = named.name() + ", 'begun_*']\nstartup: latest\n#";
        try (SourceInspector inspector = inspector(named.brokers(), topics)) {
            assertThat(inspector.ranges())
                    .containsExactlyInAnyOrder(
                            new SplitRange(new Split("events", named.name(), 0, named.id()), 3, 3),
                            new SplitRange(new Split("events", selected.name(), 0, selected.id()), 0, 5));
        }
    }

    @Test
    void saysWhichTopicsWereReadBeforeAndAreNotShownAnyMore() {
        TopicLog there = topic("shown_topic");
        Stack.running().register(there.name() + "-value", "\"string\"");
        FoundBefore before = new FoundBefore() {
            @Override
            public Optional<PlannedSchema> of(String stream) {
                return Optional.empty();
            }

            @Override
            public Set<String> streams() {
                return Set.of(there.name(), "shown_gone", "shown_excluded", "of_another_line");
            }
        };
        String topics = "'shown_*']\nexclude: [shown_excluded]\n#";

        try (SourceInspector inspector = inspector(there.brokers(), topics)) {
            inspector.streams(before, diagnostics);
        }

        assertThat(complaints())
                .filteredOn(complaint -> complaint.startsWith("topic-not-found"))
                .containsExactly("topic-not-found: topic `shown_gone` was read before, and the brokers at `"
                        + there.brokers()
                        + "` do not show it: it is gone, or this client may not describe it any more (let this client"
                        + " describe it; or `exclude` it, if its records are not needed)");
    }

    /** An outage of the registry stops no start that it would not stop without the topic. */
    @Test
    void leavesOutWhatNobodyHasReadYetWhileTheRegistryIsAway() throws IOException {
        TopicLog read = topic("away_read");
        TopicLog never = topic("away_never");
        String schema = "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";
        String registry = "http://127.0.0.1:" + freePort();
        String origin = RegistryServers.of(RegistryUrl.of(new Text(registry), raw -> raw))
                .origin();
        FoundBefore before = stream -> Optional.of(stream)
                .filter(read.name()::equals)
                .map(known -> new PlannedSchema(origin, "events", known, 1, schema, ""));
        SourceDefinition source = source(read.brokers(), "'away_*'", registry);

        try (SourceInspector inspector = new KafkaSourceConnector().inspect(source, raw -> raw)) {
            assertThat(inspector.streams(before, diagnostics))
                    .extracting(StreamDescription::name)
                    .containsExactly(read.name());
        }

        assertThat(diagnostics.hasErrors()).as(complaints().toString()).isFalse();
        assertThat(complaints())
                .contains("subject-not-found: topic `" + never.name()
                        + "` is not read: the registry does not answer, and nobody has read it before; the next start looks"
                        + " again (start again when the registry answers)");
    }

    /** With nothing left to start with, both are errors. */
    @Test
    void refusesASourceThatWouldReadNothing() {
        TopicLog without = topic("lonely_topic");

        streams(without.brokers(), "'lonely_*'");
        streams(without.brokers(), "'/lonelier_.*/'");

        assertThat(diagnostics.inOrder())
                .extracting(found -> found.code().code() + " " + found.severity())
                .containsExactlyInAnyOrder("subject-not-found ERROR", "topic-not-found ERROR");
    }

    private static List<Health> health(String brokers, String topics, Duration standstill) {
        return new KafkaSourceConnector()
                .healthChecks(source(brokers, topics), raw -> raw, standstill).stream()
                        .flatMap(check -> check.look().look().stream())
                        .toList();
    }

    private List<StreamDescription> streams(String brokers, String topic) {
        try (SourceInspector inspector = inspector(brokers, topic)) {
            return inspector.streams(diagnostics);
        }
    }

    private List<String> complaints() {
        return diagnostics.inOrder().stream()
                .map(found -> found.code().code() + ": " + found.message()
                        + found.fix().map(fix -> " (" + fix + ")").orElse(""))
                .toList();
    }

    private static SourceInspector inspector(String brokers, String topic) {
        return new KafkaSourceConnector().inspect(source(brokers, topic), raw -> raw);
    }

    private static SourceDefinition source(String brokers, String topic) {
        return source(brokers, topic, Stack.running().registryUrl());
    }

    private static SourceDefinition source(String brokers, String topic, String registry) {
        String options = "topics: [" + topic + "]\n"
                + "properties: {bootstrap.servers: \"" + brokers + "\"}\n"
                + "format: {type: avro, registry: {url: \"" + registry + "\"}}\n";
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("shop.yaml", options).value().orElseThrow();
        var bound = Binder.bind(node, KafkaOptions.class).value().orElseThrow();
        return new SourceDefinition("events", "kafka", bound);
    }

    private static TopicLog topic(String name) {
        String unique = Stack.unique(name);
        Stack.running().createTopic(unique, 1);
        return new TopicLog(Stack.running().bootstrapServers(), unique);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
