package dev.firn.connector.kafka.flink;

import java.util.Set;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Told after each poll, so that lag and bytes are counted. */
@FunctionalInterface
interface ReadMetrics {

    /** What a poll brought records of. */
    void polled(Set<TopicPartition> partitions);

    /** Under the names that Flink's own Kafka source uses, so that dashboards fit both. */
    static ReadMetrics of(KafkaSourceReaderMetrics metrics, KafkaConsumer<byte[], byte[]> consumer) {
        metrics.registerKafkaConsumerMetrics(consumer);
        metrics.registerNumBytesIn(consumer);
        return partitions -> {
            partitions.forEach(partition -> metrics.maybeAddRecordsLagMetric(consumer, partition));
            metrics.updateNumBytesInCounter();
        };
    }
}
