package dev.firn.connector.kafka.broker;

import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** Makes of a consumer's record what it is behind the source. */
public final class KafkaRecords {

    private KafkaRecords() {}

    public static RawRecord raw(Split split, ConsumerRecord<byte[], byte[]> record) {
        long timestamp =
                record.timestamp() == ConsumerRecord.NO_TIMESTAMP ? RawRecord.NO_TIMESTAMP : record.timestamp();
        return new RawRecord(
                split, record.offset(), timestamp, record.key(), record.value(), headers(record.headers()));
    }

    private static List<Header> headers(Headers headers) {
        if (!headers.iterator().hasNext()) {
            return List.of();
        }
        List<Header> copied = new ArrayList<>();
        headers.forEach(header -> copied.add(new Header(header.key(), header.value())));
        return List.copyOf(copied);
    }
}
