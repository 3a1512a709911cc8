package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.connector.kafka.KafkaOptions.LostOffsets;
import dev.firn.connector.kafka.KafkaOptions.Startup;
import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.connector.kafka.flink.FirnKafkaSource;
import dev.firn.definition.reference.Text;
import dev.firn.it.testing.EventLines;
import dev.firn.it.testing.OwnBroker;
import dev.firn.it.testing.TopicLog;
import dev.firn.schema.SchemaGate;
import dev.firn.spi.source.StartPositions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the job is down, a partition loses the end of what was read, and gets more than that anew: by its position alone the job would
 * pass over the new records without a word. A broker gets an older disk for that, which is what a leader has that was elected uncleanly.
 */
@Tag("heavy")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CutOffPartitionIT {

    @TempDir
    private Path folder;

    @Test
    void isRefusedAndSaidWhere() throws Exception {
        try (OwnBroker broker = new OwnBroker(folder.resolve("broker"))) {
            broker.start();
            TopicLog orders = broker.createTopic("orders");
            orders.append(45);
            broker.stop();
            Path older = broker.copyOfDisk();
            broker.start();
            orders.append(15);
            String savepoint;
            try (EventLines events = EventLines.of(source(orders))) {
                events.until("record 59");
                savepoint = events.stop(folder);
            }
            assertThat(readsOn(orders, savepoint)).containsExactly("opened 60", "record 60");

            broker.stop();
            broker.putBack(older);
            // Each start is another leader's epoch; with one alone it would be the same as that of what is gone.
            broker.start();
            broker.stop();
            broker.start();
            orders.append(30);

            try (EventLines events = EventLines.restored(source(orders), savepoint)) {
                assertThat(events.failure())
                        .contains("partition `orders-0` was cut off at offset 45: it was read up to offset 60, then a"
                                + " leader was elected that lacked the end of that; what was written since counts as"
                                + " read.");
                assertThat(events.soFar()).containsExactly("opened 60");
            }
        }
    }

    private static List<String> readsOn(TopicLog orders, String savepoint) throws Exception {
        try (EventLines events = EventLines.restored(source(orders), savepoint)) {
            orders.append(1);
            return events.until("record 60");
        }
    }

    private static FirnKafkaSource source(TopicLog orders) {
        return new FirnKafkaSource(
                "events",
                List.of(orders.name()),
                new FirnKafkaSource.Choices(Startup.EARLIEST, LostOffsets.CONTINUE, SchemaGate.Opening.NONE),
                new ClientSettings("firn-test-events", Map.of("bootstrap.servers", new Text(orders.brokers()))),
                StartPositions.none());
    }
}
