package dev.firn.benchmarks.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a table must hold, told record by record, in the order of each partition: without a key each record that can be read;
 * with one, the last of each key, unless that has no value.
 */
final class TopicRows {

    private static final int FRAME = 5;

    private final Schema schema;
    private final List<String> key;
    private final GenericDatumReader<GenericData.Record> reader;
    private final Map<ByteBuffer, Last> lasts = new HashMap<>();
    private @Nullable BinaryDecoder decoder;
    private long rows;
    private long sum;

    /** The newest that a key's records say. */
    private record Last(int partition, Optional<Long> hash) {}

    TopicRows(Schema schema, List<String> key) {
        this.schema = schema;
        this.key = List.copyOf(key);
        this.reader = new GenericDatumReader<>(schema);
    }

    /** @throws IllegalStateException if records of a key are in two partitions, for then none of them is the last */
    void add(ConsumerRecord<byte[], byte @Nullable []> record) {
        Optional<Long> hash = record.value() == null ? Optional.empty() : hash(record.value());
        if (!key.isEmpty()) {
            Last last = new Last(record.partition(), hash);
            Last before = lasts.put(ByteBuffer.wrap(record.key()), last);
            if (before != null && before.partition() != last.partition()) {
                throw new IllegalStateException(
                        "a key is in partitions " + before.partition() + " and " + last.partition());
            }
        } else if (hash.isPresent()) {
            rows++;
            sum += hash.get();
        }
    }

    Contents contents() {
        String columns = AvroColumns.described(AvroColumns.of(schema, key));
        return key.isEmpty() ? new Contents(columns, rows, sum) : ofLasts(columns);
    }

    private Contents ofLasts(String columns) {
        List<Long> hashes = lasts.values().stream()
                .map(Last::hash)
                .flatMap(Optional::stream)
                .toList();
        return new Contents(
                columns, hashes.size(), hashes.stream().mapToLong(hash -> hash).sum());
    }

    /** Empty where the record is spoilt, as some of a workload are. */
    private Optional<Long> hash(byte[] framed) {
        if (framed[0] != 0) {
            return Optional.empty();
        }
        try {
            decoder = DecoderFactory.get().binaryDecoder(framed, FRAME, framed.length - FRAME, decoder);
            return Optional.of(RowHash.of(AvroValues.row(Objects.requireNonNull(reader.read(null, decoder)))));
        } catch (IOException | AvroRuntimeException spoilt) {
            return Optional.empty();
        }
    }
}
