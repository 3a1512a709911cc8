package dev.firn.connector.kafka.broker;

import dev.firn.definition.reference.ReferenceResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends records with a mark in one transaction. Whatever it throws, it is of no use behind it. */
final class MarkedProducer implements AutoCloseable {

    /** The client's own. */
    private static final int BATCH_BYTES = 16 << 10;

    /** A batch that is not compressed has little beside its records; this is far from where it could matter. */
    private static final long ROOM = 4;

    private final Producer<byte[], byte[]> producer;
    private final Cluster cluster;
    private final String topic;
    private final ConsumerGroupMetadata group;
    private Mark mark;

    /** A record of so many bytes was refused, so larger ones are, too. */
    private long tooLarge = Long.MAX_VALUE;

    MarkedProducer(Producer<byte[], byte[]> producer, Cluster cluster, String topic, String id, Mark mark) {
        this.producer = producer;
        this.cluster = cluster;
        this.topic = topic;
        this.group = new ConsumerGroupMetadata(id);
        this.mark = mark;
    }

    /** Ends what anybody has left open under the id, and only then looks how far they have come. */
    static MarkedProducer open(ClientSettings settings, ReferenceResolver references, String topic, String id)
            throws ClusterFailure {
        Cluster cluster = Cluster.connectImpatiently(settings.admin(references));
        Producer<byte[], byte[]> producer = null;
        try {
            requireThere(cluster, topic);
            producer = connect(settings, references, id, batchBytes(cluster, topic));
            producer.initTransactions();
            Optional<OffsetAndMetadata> found = cluster.committed(id, new TopicPartition(topic, 0));
            return new MarkedProducer(
                    producer, cluster, topic, id, found.isPresent() ? Mark.of(found.get()) : Mark.NONE);
        } catch (ClusterFailure | RuntimeException failure) {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
            cluster.close();
            throw failure;
        }
    }

    /** Where a topic takes less than a batch of several records has, or does not say, it is a record a batch: the client would split it for ever. */
    private static int batchBytes(Cluster cluster, String topic) {
        try {
            ConfigEntry most = cluster.settings(topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return most != null && Long.parseLong(most.value()) >= ROOM * BATCH_BYTES ? BATCH_BYTES : 0;
        } catch (ClusterFailure | NumberFormatException untold) {
            return 0;
        }
    }

    private static Producer<byte[], byte[]> connect(
            ClientSettings settings, ReferenceResolver references, String id, int batchBytes) {
        // As for a cluster: Kafka loads login modules through the thread's loader.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(MarkedProducer.class.getClassLoader());
        try {
            return new KafkaProducer<>(
                    settings.producer(id, batchBytes, references),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A producer that asks for a topic makes it where the brokers are set up so; an admin client that asks does not. */
    private static void requireThere(Cluster cluster, String topic) throws ClusterFailure {
        cluster.topics(List.of(topic)).all();
    }

    Mark mark() {
        return mark;
    }

    /** @param behind the mark that lands with them */
    void send(List<QuarantineMessage> messages, Mark behind) throws KafkaException {
        boolean sent = false;
        while (!sent) {
            producer.beginTransaction();
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            KafkaException refused = null;
            try {
                for (QuarantineMessage message : messages) {
                    answers.add(producer.send(message.record(tooLarge)));
                }
                producer.flush();
            } catch (KafkaException ended) {
                // An answer to one of those before says why.
                refused = ended;
            }
            sent = areThere(answers, messages, refused);
            if (sent) {
                producer.sendOffsetsToTransaction(Map.of(new TopicPartition(topic, 0), behind.offset()), group);
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
        mark = behind;
    }

    /** False where one was too large, and the next attempt sends it without its bytes. */
    private boolean areThere(
            List<Future<RecordMetadata>> answers, List<QuarantineMessage> messages, @Nullable KafkaException ended) {
        KafkaException first = ended;
        for (int at = 0; at < answers.size(); at++) {
            try {
                answers.get(at).get();
            } catch (ExecutionException failure) {
                long bytes = messages.get(at).bytes();
                if (isTooLarge(failure.getCause()) && bytes < tooLarge) {
                    tooLarge = bytes;
                    return false;
                }
                if (first == ended) {
                    first = failure.getCause() instanceof KafkaException reason ? reason : new KafkaException(failure);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptException(stop);
            }
        }
        if (first != null) {
            throw first;
        }
        return true;
    }

    private static boolean isTooLarge(@Nullable Throwable refusal) {
        return refusal instanceof RecordTooLargeException || refusal instanceof RecordBatchTooLargeException;
    }

    @Override
    public void close() {
        try {
            producer.close(Duration.ZERO);
        } finally {
            cluster.close();
        }
    }
}
