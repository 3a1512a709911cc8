package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.connector.kafka.flink.FirnKafkaSource;
import dev.firn.connector.kafka.flink.FirnKafkaSource.Choices;
import dev.firn.definition.reference.Text;
import dev.firn.it.testing.EventLines;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.TopicLog;
import dev.firn.schema.SchemaGate;
import dev.firn.spi.record.Split;
import dev.firn.spi.source.StartPositions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
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
                            + " have deleted what was not yet read; to go on at offset 5 and keep account of the gap,"
                            + " set `lost-offsets: continue`");
        }
    }

    @Test
    void goesOnBehindWhatWasDeletedWhileItWasStopped() throws Exception {
        TopicLog orders = topic("gap-orders");
        orders.append(10);
        orders.deleteBefore(5);

        try (EventLines events = EventLines.of(goingOn(orders, ledger(orders, 3)))) {
            assertThat(events.until("record 5")).containsExactly("opened 3", "lost 3 to 5", "record 5");
        }
    }

    /** The open transaction keeps the reader in front of it while the broker deletes what is in it. */
    @Test
    void goesOnBehindWhatIsDeletedWhileItRuns() throws Exception {
        TopicLog orders = topic("late-orders");
        orders.append(3);

        try (TopicLog.Open transaction = orders.open(5);
                EventLines events = EventLines.of(goingOn(orders, StartPositions.none()))) {
            events.until("record 2");
            orders.deleteBefore(8);
            assertThat(events.until("lost 3 to 8")).containsExactly("lost 3 to 8");
            transaction.commit();
            orders.append(1);
            assertThat(events.until("record 9")).doesNotContain("record 8").doesNotHaveDuplicates();
        }
    }

    /** What a restart makes of a gap: the same up to the checkpoint, and what was deleted since behind it. */
    @Test
    void countsAGapOnceWhenItGrowsOverARestart() throws Exception {
        TopicLog orders = topic("growing-orders");
        orders.append(10);
        orders.deleteBefore(4);
        String savepoint;
        try (TopicLog.Open transaction = orders.open(2);
                EventLines events = EventLines.of(goingOn(orders, ledger(orders, 2)))) {
            assertThat(events.until("record 9")).startsWith("opened 2", "lost 2 to 4", "record 4");
            savepoint = events.stop(savepoints);
            transaction.commit();
        }
        orders.append(3);
        orders.deleteBefore(14);

        try (EventLines events = EventLines.restored(goingOn(orders, ledger(orders, 2)), savepoint)) {
            assertThat(events.until("record 15"))
                    .containsExactly("opened 10", "lost 10 to 14", "record 14", "record 15");
        }
    }

    @Test
    void stopsWhereTheEndOfAPartitionIsOlderThanWhatWasRead() throws Exception {
        TopicLog orders = topic("short-orders");
        orders.append(4);

        try (EventLines events = EventLines.of(goingOn(orders, ledger(orders, 9)))) {
            assertThat(events.failure())
                    .contains("partition `" + orders.name()
                            + "-0` can't be read from offset 9 on: the brokers have 0 to 4, the end of the partition was"
                            + " lost or is older than what was read");
        }
    }

    @Test
    void readsAPartitionThatIsAddedWhileItRunsFromItsFirstOffsetWhateverStartupSays() throws Exception {
        TopicLog orders = topic("grown-orders");
        orders.append(3);

        try (EventLines events = EventLines.of(source(orders, Startup.LATEST, StartPositions.none()))) {
            assertThat(events.until("opened 3")).containsExactly("opened 3");
            orders.growTo(2);
            orders.appendTo(1, 2);
            assertThat(events.until("record 1")).containsExactly("opened 0", "record 0", "record 1");
        }
    }

    @Test
    void missesWhatWasDeletedInAPartitionThatWasAddedWhileItWasStopped() throws Exception {
        TopicLog orders = topic("added-orders");
        orders.append(3);
        StartPositions ledger = ledger(orders, 3);
        orders.growTo(2);
        orders.appendTo(1, 6);
        orders.deleteBefore(1, 4);

        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, ledger))) {
            assertThat(events.failure())
                    .contains("partition `" + orders.name()
                            + "-1` can't be read from offset 0 on: the brokers have 4 to 6");
        }
    }

    /** The new topic has the very offset that the reader stands at, so no fetch fails. */
    @Test
    void passesNothingOnOfATopicThatIsMadeAnewWhileItRuns() throws Exception {
        TopicLog orders = topic("swapped-orders");
        orders.append(3);
        String before = orders.id();

        try (EventLines events = EventLines.of(rarelyLooking(orders))) {
            assertThat(events.until("record 2")).containsExactly("opened 0", "record 0", "record 1", "record 2");
            orders.makeAnew();
            orders.append(9);
            assertThat(events.failure())
                    .contains(
                            "topic `" + orders.name()
                                    + "` was deleted and made anew: the positions of source `events` count in the topic with id `"
                                    + before + "`, the brokers have one with id `" + orders.id()
                                    + "`; to read the new one from its start, list the topic in a source of its own with another `name`");
            assertThat(events.soFar()).isEmpty();
        }
    }

    @Test
    void passesTheHolesOfACompactedTopicAndAnEndWithoutARecord() throws Exception {
        TopicLog orders = topic("compacted-orders");
        orders.compact();
        for (String value : List.of("one", "two", "three")) {
            orders.put("a", value);
            orders.put("b", value);
        }
        orders.put("a", null);
        orders.put("b", null);
        // Each marker is a reason for the cleaner to come again: the first time it only dates the tombstones.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            orders.abort(1);
            return orders.offsets().isEmpty();
        });
        long end = orders.end();

        try (EventLines events = EventLines.of(source(orders, Startup.EARLIEST, StartPositions.none()))) {
            assertThat(events.until("reached " + end))
                    .startsWith("opened 0")
                    .noneMatch(line -> line.startsWith("record"));
            orders.put("c", "four");
            orders.put("c", "five");
            assertThat(events.until("record " + (end + 1))).endsWith("record " + end, "record " + (end + 1));
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

    private static FirnKafkaSource goingOn(TopicLog topic, StartPositions ledger) {
        return source(
                List.of(topic.name()),
                new Choices(Startup.EARLIEST, LostOffsets.CONTINUE, SchemaGate.Opening.NONE),
                Map.of(),
                ledger);
    }

    /** With the connector's own look at the topics out of the way. */
    private static FirnKafkaSource rarelyLooking(TopicLog topic) {
        return source(
                List.of(topic.name()),
                new Choices(Startup.EARLIEST, LostOffsets.FAIL, SchemaGate.Opening.NONE),
                Map.of("partition.discovery.interval.ms", "600000"),
                StartPositions.none());
    }

    private static FirnKafkaSource both(TopicLog one, TopicLog other, Startup startup) {
        return source(List.of(one.name(), other.name()), startup, StartPositions.none());
    }

    private static FirnKafkaSource source(List<String> topics, Startup startup, StartPositions ledger) {
        return source(
                topics,
                new Choices(startup, LostOffsets.FAIL, SchemaGate.Opening.NONE),
                Map.of("partition.discovery.interval.ms", "500"),
                ledger);
    }

    private static FirnKafkaSource source(
            List<String> topics, Choices choices, Map<String, String> properties, StartPositions ledger) {
        Map<String, Text> settings = new HashMap<>();
        settings.put("bootstrap.servers", new Text(Stack.running().bootstrapServers()));
        // A topic made anew is seen when the consumer asks for metadata again.
        settings.put("metadata.max.age.ms", new Text("1000"));
        properties.forEach((name, value) -> settings.put(name, new Text(value)));
        return new FirnKafkaSource("events", topics, choices, new ClientSettings("firn-it", settings), ledger);
    }

    private static StartPositions ledger(TopicLog topic, long position) {
        return StartPositions.of(Map.of(new Split("events", topic.name(), 0, topic.id()), position));
    }
}
