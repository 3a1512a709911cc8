package dev.firn.connector.kafka.broker;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.source.Sample;
import dev.firn.spi.source.Sample.Ended;
import dev.firn.spi.source.SampleRequest;
import dev.firn.spi.source.SampleRequest.Part;
import dev.firn.spi.source.SplitRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a few records of partitions, in no group and without committing anything, until there are enough or no more. */
final class TopicSample implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Reading> readings = new HashMap<>();

    private TopicSample(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** A partition that is read: at most so many records, and none at or behind the end. */
    private static final class Reading {
        private final SplitRange range;
        private final long share;
        private final List<RawRecord> records = new ArrayList<>();

        private Reading(SplitRange range, long share) {
            this.range = range;
            this.share = share;
        }

        private void take(ConsumerRecord<byte[], byte[]> record) {
            if (records.size() < share && record.offset() < range.end()) {
                records.add(KafkaRecords.raw(range.split(), record));
            }
        }

        private boolean isDone(long position) {
            return records.size() >= share || position >= range.end();
        }
    }

    /** @param settings of a consumer */
    static Sample take(Properties settings, List<SplitRange> ranges, SampleRequest request) throws ClusterFailure {
        long end = System.nanoTime() + request.limit().toNanos();
        Properties impatient = new Properties();
        impatient.putAll(settings);
        // It belongs to no group, so that nobody can take it for one that reads this topic.
        impatient.remove(ConsumerConfig.GROUP_ID_CONFIG);
        impatient.setProperty(
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                String.valueOf(request.limit().toMillis()));
        try (TopicSample sample = open(impatient)) {
            sample.assign(ranges, request);
            boolean inTime = sample.readUntil(end);
            return sample.taken(ranges, request, inTime);
        } catch (KafkaException e) {
            throw ClusterFailure.of(e);
        }
    }

    private static TopicSample open(Properties settings) {
        // Kafka loads login modules through the thread's loader.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(TopicSample.class.getClassLoader());
        try {
            return new TopicSample(
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void assign(List<SplitRange> ranges, SampleRequest request) {
        Shares.of(ranges, request.records())
                .forEach((range, share) -> readings.put(partition(range), new Reading(range, share)));
        consumer.assign(readings.keySet());
        readings.forEach((partition, reading) -> consumer.seek(
                partition, request.part() == Part.FIRST ? reading.range.start() : reading.range.end() - reading.share));
    }

    /** Whether all was read before the time was over. */
    private boolean readUntil(long end) {
        List<TopicPartition> open = new ArrayList<>(readings.keySet());
        while (!open.isEmpty()) {
            if (System.nanoTime() > end) {
                return false;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Reading reading = readings.get(new TopicPartition(record.topic(), record.partition()));
                if (reading != null) {
                    reading.take(record);
                }
            }
            open.removeIf(partition -> {
                Reading reading = readings.get(partition);
                boolean done = reading == null || reading.isDone(consumer.position(partition));
                if (done) {
                    consumer.pause(List.of(partition));
                }
                return done;
            });
        }
        return true;
    }

    private Sample taken(List<SplitRange> ranges, SampleRequest request, boolean inTime) {
        List<RawRecord> records = new ArrayList<>();
        for (SplitRange range : ranges) {
            Reading reading = readings.get(partition(range));
            if (reading != null) {
                records.addAll(reading.records);
            }
        }
        Ended ended = records.size() >= request.records() ? Ended.ENOUGH : Ended.AT_THE_END;
        return new Sample(records, ranges, inTime ? ended : Ended.OUT_OF_TIME);
    }

    private static TopicPartition partition(SplitRange range) {
        return new TopicPartition(range.split().stream(), range.split().partition());
    }

    @Override
    public void close() {
        consumer.close(Duration.ZERO);
    }
}
