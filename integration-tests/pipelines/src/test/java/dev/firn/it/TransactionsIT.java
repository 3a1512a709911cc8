package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.it.testing.Firn;
import dev.firn.it.testing.Pipeline;
import dev.firn.it.testing.Records;
import dev.firn.it.testing.Stack;
import dev.firn.it.testing.TopicLog;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** A partition that ends in what no reader may see is caught up all the same: positions count, not records. */
class TransactionsIT {

    private static final Schema EVENT =
            SchemaBuilder.record("Event").fields().requiredLong("id").endRecord();

    @Test
    void catchesUpWithAPartitionThatEndsInAnAbortedTransaction() throws Exception {
        String topic = Stack.unique("events");
        Stack.running().createTopic(topic, 1);
        Pipeline pipeline = Pipeline.of(Stack.unique("transactions"), List.of(topic), "");
        try (Records records = new Records()) {
            records.send(topic, new GenericRecordBuilder(EVENT).set("id", 1L).build());
        }
        new TopicLog(Stack.running().bootstrapServers(), topic).abort(5);

        Firn.Answer answer = pipeline.run("--until-caught-up");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(pipeline.rows(pipeline.table(topic), "id")).containsExactly(List.of(1L));
        assertThat(pipeline.ledger().positions().values())
                .as("one record, five that were aborted, one marker")
                .containsExactly(7L);
    }
}
