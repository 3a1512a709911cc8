package dev.firn.devstack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics and schemas by the contract: a plain consumer, HTTP, and Avro's own reader. */
record Readback(String bootstrapServers, String registryUrl, Map<Integer, Schema> known) {

    private static final int HEADER = 5;

    Readback(String bootstrapServers, String registryUrl) {
        this(bootstrapServers, registryUrl, new HashMap<>());
    }

    int partitions(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.partitionsFor(topic).size();
        }
    }

    /** All values, by partition and offset. */
    List<byte[]> values(String topic) {
        return records(topic).stream().map(ConsumerRecord::value).toList();
    }

    /** Place, key, headers and value without the schema id, of every record. */
    List<String> contents(String topic) {
        return records(topic).stream()
                .map(record -> record.partition() + "@" + record.offset() + " " + Arrays.toString(record.key())
                        + Arrays.toString(record.headers().toArray()) + record.value()[0]
                        + Arrays.toString(Arrays.copyOfRange(record.value(), HEADER, record.value().length)))
                .toList();
    }

    List<GenericRecord> decodable(String topic) {
        return values(topic).stream()
                .filter(value -> outcome(value).startsWith("decoded"))
                .map(value -> decode(value, schema(ByteBuffer.wrap(value).getInt(1))))
                .toList();
    }

    /** What a reader that knows nothing but the contract makes of a message. */
    String outcome(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        if (buffer.get() != 0) {
            return "wrong magic byte";
        }
        int id = buffer.getInt();
        if (!known.containsKey(id) && send("/schemas/ids/" + id).statusCode() == 404) {
            return "unknown schema id";
        }
        try {
            decode(message, schema(id));
            return "decoded with " + id;
        } catch (UncheckedIOException problem) {
            return problem.getCause() instanceof EOFException ? "truncated" : problem.toString();
        }
    }

    Schema schema(int id) {
        return known.computeIfAbsent(id, missing -> {
            try {
                String text = new ObjectMapper()
                        .readTree(get("/schemas/ids/" + id))
                        .get("schema")
                        .textValue();
                return new Schema.Parser().parse(text);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }

    String get(String path) {
        HttpResponse<String> response = send(path);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + response.statusCode());
        }
        return response.body();
    }

    private HttpResponse<String> send(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(registryUrl + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        all.sort(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return all;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static GenericRecord decode(byte[] message, Schema schema) {
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(message, HEADER, message.length - HEADER, null);
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new IOException("bytes are left over");
            }
            return record;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
