package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.connector.kafka.flink.FirnKafkaSource;
import dev.firn.definition.reference.Text;
import dev.firn.it.testing.EventLines;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.TopicLog;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Kafka source inside a Flink job, against a real broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KafkaReaderIT {

    @TempDir
    Path savepoints;

    @Test
    void passesMarkersAndAbortedRecordsAtTheEndOfAPartition() throws Exception {
        TopicLog orders = topic("marked-orders");
        orders.commit(3);
        orders.abort(2);

        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, StartPositions.none()))) {
            List<String> lines = events.until("reached 7");

            assertThat(lines).first().isEqualTo("opened 0");
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("record"))
                    .containsExactly("record 0", "record 1", "record 2");
        }
    }

    @Test
    void passesAPartitionOfAbortedRecordsOnly() throws Exception {
        TopicLog orders = topic("aborted-orders");
        orders.abort(4);

        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, StartPositions.none()))) {
            assertThat(events.until("reached 5")).doesNotContain("record 0").startsWith("opened 0");
        }
    }

    @Test
    void startsWhereTheLedgerSays() throws Exception {
        TopicLog orders = topic("known-orders");
        orders.append(5);

        try (EventLines events = EventLines.of(source(orders, Startup.LATEST, ledger(orders, 3)))) {
            assertThat(events.until("record 4")).containsExactly("opened 3", "record 3", "record 4");
        }
    }

    @Test
    void latestIsBeforeAnOpenTransaction() throws Exception {
        TopicLog orders = topic("open-orders");
        orders.append(2);

        try (TopicLog.Open transaction = orders.open(2);
                EventLines events = EventLines.of(source(orders, Startup.LATEST, StartPositions.none()))) {
            assertThat(events.until("opened 2")).containsExactly("opened 2");
            transaction.commit();
            assertThat(events.until("record 3")).containsExactly("record 2", "record 3");
        }
    }

    @Test
    void goesOnFromASavepoint() throws Exception {
        TopicLog orders = topic("saved-orders");
        orders.commit(3);
        String savepoint;
        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, StartPositions.none()))) {
            events.until("reached 4");
            savepoint = events.stop(savepoints);
        }
        orders.append(1);

        try (EventLines events =
                EventLines.restored(source(orders, Startup.EARLIEST, StartPositions.none()), savepoint)) {
            assertThat(events.until("record 4")).containsExactly("opened 4", "record 4");
        }
    }

    @Test
    void leavesATopicThatWasTakenOutOfTheFile() throws Exception {
        TopicLog orders = topic("kept-orders");
        TopicLog refunds = topic("dropped-refunds");
        orders.append(3);
        String savepoint;
        try (EventLines events = EventLines.of(both(orders, refunds, Startup.EARLIEST))) {
            events.until("opened 0");
            events.until("record 2");
            savepoint = events.stop(savepoints);
        }
        orders.append(1);
        refunds.append(1);

        try (EventLines events =
                EventLines.restored(source(orders, Startup.EARLIEST, StartPositions.none()), savepoint)) {
            assertThat(events.until("record 3")).containsExactly("opened 3", "record 3");
        }
    }

    @Test
    void startsATopicThatIsNewInTheFileWhereTheFileSays() throws Exception {
        TopicLog orders = topic("first-orders");
        TopicLog refunds = topic("second-refunds");
        orders.append(3);
        refunds.append(2);
        String savepoint;
        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, StartPositions.none()))) {
            events.until("record 2");
            savepoint = events.stop(savepoints);
        }

        try (EventLines events = EventLines.restored(both(orders, refunds, Startup.LATEST), savepoint)) {
            assertThat(events.until("opened 2")).doesNotContain("opened 0");
        }
    }

    @Test
    void refusesASavepointOfATopicThatWasMadeAnew() throws Exception {
        TopicLog orders = topic("anew-orders");
        orders.append(3);
        String savepoint;
        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, StartPositions.none()))) {
            events.until("record 2");
            savepoint = events.stop(savepoints);
        }
        String before = orders.id();
        orders.makeAnew();
        orders.append(9);

        try (EventLines events =
                EventLines.restored(source(orders, Startup.EARLIEST, StartPositions.none()), savepoint)) {
            assertThat(events.failure())
                    .contains("topic `" + orders.name()
                            + "` was deleted and made anew: the positions of source `events` count in"
                            + " the topic with id `" + before + "`, the brokers have one with id `" + orders.id()
                            + "`");
        }
    }

    @Test
    void refusesALedgerOfATopicThatWasMadeAnew() throws Exception {
        TopicLog orders = topic("other-orders");
        orders.append(3);
        StartPositions ledger = ledger(orders, 3);
        orders.makeAnew();

        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, ledger))) {
            assertThat(events.failure()).contains("topic `" + orders.name() + "` was deleted and made anew");
        }
    }

    @Test
    void saysWhichPositionsTheBrokerHasDeleted() throws Exception {
        TopicLog orders = topic("cut-orders");
        orders.append(10);
        orders.deleteBefore(5);

        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, ledger(orders, 3)))) {
            assertThat(events.failure())
                    .contains("partition `" + orders.name()
                            + "-0` can't be read from offset 3 on: the brokers have 5 to 10, they"
                            + " have deleted what was not yet read");
        }
    }

    @Test
    void saysThatATopicIsNotThere() throws Exception {
        TopicLog orders = new TopicLog(Stack.running().bootstrapServers(), Stack.unique("missing-orders"));

        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, StartPositions.none()))) {
            assertThat(events.failure()).contains("there is no topic `" + orders.name() + "`");
        }
    }

    private static TopicLog topic(String name) {
        String unique = Stack.unique(name);
        Stack.running().createTopic(unique, 1);
        return new TopicLog(Stack.running().bootstrapServers(), unique);
    }

    private static FirnKafkaSource source(TopicLog topic, Startup startup, StartPositions ledger) {
        return source(List.of(topic.name()), startup, ledger);
    }

    private static FirnKafkaSource both(TopicLog one, TopicLog other, Startup startup) {
        return source(List.of(one.name(), other.name()), startup, StartPositions.none());
    }

    private static FirnKafkaSource source(List<String> topics, Startup startup, StartPositions ledger) {
        return new FirnKafkaSource(
                "events",
                topics,
                startup,
                new ClientSettings(
                        "firn-it",
                        Map.of("bootstrap.servers", new Text(Stack.running().bootstrapServers()))),
                ledger);
    }

    private static StartPositions ledger(TopicLog topic, long position) {
        return StartPositions.of(Map.of(new Split("events", topic.name(), 0, topic.id()), position));
    }
}
