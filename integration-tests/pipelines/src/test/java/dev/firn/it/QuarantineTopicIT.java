package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.connector.kafka.broker.BrokerTopic;
import dev.firn.definition.reference.Text;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.TopicReader;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.sink.CommitRefused;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.QuarantineTopic.Publication;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.source.OutsideException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in a topic for quarantined records, by somebody who reads what is committed: each once, whoever died on the way. */
class QuarantineTopicIT {

    /** An epoch is at its {@code 1,000,000}th position; the first takes three transactions. */
    private static final Map<Long, Integer> RECORDS = Map.of(3L, 2_500, 5L, 3, 6L, 2, 9L, 4);

    private static final long EPOCH = 1_000_000;

    private final String topic = Stack.unique("dlq");
    private final String ledger = UUID.randomUUID().toString();

    @BeforeEach
    void createTopic() throws Exception {
        Stack.running().createTopic(topic, 2);
    }

    @Test
    void hasEachRecordOnceWhereverOneDiesAndWhoeverGoesOn() {
        try (QuarantineTopic first = opened();
                QuarantineTopic second = opened()) {
            assertThatThrownBy(() -> first.publish(publication(6, 1_500, 3L, 5L)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("died");
            assertThat(TopicReader.committed(topic)).as("a whole transaction").hasSize(1_000);
            try (KafkaProducer<byte[], byte[]> died = ofTheSame()) {
                second.publish(publication(6, Long.MAX_VALUE, 3L, 5L));
                assertThatThrownBy(died::commitTransaction).isInstanceOf(RuntimeException.class);
            }
            assertHas(3, 5);
            second.publish(publication(6, Long.MAX_VALUE, 3L, 5L));
            first.publish(publication(6, Long.MAX_VALUE, 5L, 6L));
            assertHas(3, 5, 6);

            assertThatThrownBy(() -> second.publish(publication(9, Long.MAX_VALUE, 6L, 9L)))
                    .isInstanceOf(OutsideException.class)
                    .hasMessageContaining("topic `" + topic + "` at `")
                    .hasMessageContaining("another process writes this pipeline's records to it");
            first.publish(publication(9, Long.MAX_VALUE, 6L, 9L));
            second.publish(publication(9, Long.MAX_VALUE, 6L, 9L));
        }
        assertHas(3, 5, 6, 9);
        try (QuarantineTopic behind = opened()) {
            assertThatThrownBy(() -> behind.publish(publication(8, Long.MAX_VALUE, 6L)))
                    .isInstanceOf(CommitRefused.class)
                    .hasMessageContaining("has records of epoch 9, and the ledger's last is 8")
                    .hasMessageContaining("delete the consumer group `firn-quarantine-shop-" + ledger + "`");
        }
        assertHas(3, 5, 6, 9);
    }

    @Test
    void sendsWhatTheTopicTakesNotWithoutItsBytes() throws Exception {
        limitMessagesTo(5_000);
        List<Integer> sizes = List.of(10, 9_000, 4_000, 6_000, 20, 7_000);

        try (QuarantineTopic opened = opened()) {
            opened.publish(new Publication("shop", ledger, () -> 1, List.of(1L), (epoch, each) -> {
                for (int at = 0; at < sizes.size(); at++) {
                    each.accept(entry(at, new byte[sizes.get(at)]));
                }
            }));
        }

        assertThat(TopicReader.committed(topic)).hasSize(sizes.size()).allSatisfy(message -> {
            int size = sizes.get(Integer.parseInt(TopicReader.header(message, "firn.position")));
            if (size > 5_000) {
                assertThat(message.value()).isNull();
                assertThat(message.key()).isNull();
                assertThat(message.headers().lastHeader("trace-id")).isNull();
                assertThat(Integer.parseInt(TopicReader.header(message, "firn.too-large")))
                        .isBetween(size, size + 500);
            } else {
                assertThat(message.value()).hasSize(size);
                assertThat(message.headers().lastHeader("firn.too-large")).isNull();
            }
        });
    }

    @Test
    void makesNoTopicThatIsNotThere() throws Exception {
        String missing = Stack.unique("missing");
        try (QuarantineTopic opened = topic(missing).open(raw -> raw)) {
            assertThatThrownBy(() -> opened.publish(publication(6, Long.MAX_VALUE, 5L)))
                    .isInstanceOf(OutsideException.class)
                    .hasMessageContaining("does not get what goes to quarantine, and the table waits for it: there is"
                            + " no topic `" + missing + "`");
        }
        assertThat(topic(missing).look(raw -> raw))
                .singleElement()
                .hasToString(
                        "Health[what=topic " + missing + ", verdict=UNWELL, seen=there is none,"
                                + " mend=Optional[create it, since nothing makes a topic by writing to it; or correct its name]]");
        configure("cleanup.policy", "compact,delete");
        assertThat(topic(topic).look(raw -> raw).toString())
                .contains("seen=2 partitions", "verdict=UNWELL, seen=it is compacted: ");
        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get()).contains(topic).doesNotContain(missing);
        }
    }

    private void assertHas(long... epochs) {
        assertThat(TopicReader.committed(topic).stream()
                        .map(message -> TopicReader.header(message, "firn.epoch") + " "
                                + TopicReader.header(message, "firn.position")))
                .containsExactlyInAnyOrderElementsOf(LongStream.of(epochs)
                        .boxed()
                        .flatMap(epoch ->
                                LongStream.range(0, records(epoch)).mapToObj(at -> epoch + " " + (epoch * EPOCH + at)))
                        .toList());
    }

    /** @param dies with which record of the first epoch */
    private Publication publication(long last, long dies, Long... epochs) {
        return new Publication("shop", ledger, () -> last, List.of(epochs), (epoch, each) -> {
            for (int at = 0; at < records(epoch); at++) {
                if (at == dies) {
                    throw new IllegalStateException("died");
                }
                each.accept(entry(epoch * EPOCH + at, new byte[] {1}));
            }
        });
    }

    private static QuarantineTopic.Entry entry(long position, byte[] value) {
        RawRecord record = new RawRecord(
                new Split("kafka", "orders", 0, "id"),
                position,
                1_000,
                "key".getBytes(StandardCharsets.UTF_8),
                value,
                List.of(new dev.firn.spi.record.Header("trace-id", new byte[] {1, 2, 3})));
        QuarantinedRow row = new QuarantinedRow(
                Instant.now(),
                "shop",
                1,
                record,
                Optional.of("shop.orders"),
                "not-json",
                Optional.empty(),
                "it is none",
                Optional.empty());
        return new QuarantineTopic.Entry(row, OptionalInt.empty(), OptionalInt.empty());
    }

    private static int records(long epoch) {
        return Objects.requireNonNull(RECORDS.get(epoch));
    }

    private QuarantineTopic opened() {
        return topic(topic).open(raw -> raw);
    }

    private static BrokerTopic topic(String name) {
        return BrokerTopic.of(
                "shop",
                name,
                Map.of("bootstrap.servers", new Text(Stack.running().bootstrapServers())));
    }

    /** Somebody who has died with a transaction in hand. */
    private KafkaProducer<byte[], byte[]> ofTheSame() {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        Stack.running().bootstrapServers(),
                        "transactional.id",
                        "firn-quarantine-shop-" + ledger),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, new byte[] {9}));
        producer.flush();
        return producer;
    }

    private void limitMessagesTo(int bytes) throws ExecutionException, InterruptedException {
        configure("max.message.bytes", String.valueOf(bytes));
    }

    private void configure(String name, String value) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", Stack.running().bootstrapServers()));
    }
}
