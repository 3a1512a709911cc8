package dev.firn.connector.kafka.flink;

import dev.firn.spi.record.LastRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.common.TopicPartition;

/** Splits as they stand in checkpoints: topic, partition, position, topic id, and the last record if one is known. */
final class KafkaSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {

    private static final int VERSION = 2;
    private static final int WITHOUT_LAST_RECORD = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(KafkaPartitionSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(split.getTopic());
            out.writeInt(split.getPartition());
            out.writeLong(split.getStartingOffset());
            out.writeUTF(KafkaSplit.topicIdOf(split));
            LastRecord last = KafkaSplit.lastOf(split).orElse(null);
            out.writeBoolean(last != null);
            if (last != null) {
                out.writeLong(last.behind());
                out.writeInt(last.term());
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public KafkaPartitionSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version < WITHOUT_LAST_RECORD || version > VERSION) {
            throw new IOException("a Kafka split of version " + version + " was written by a newer Firn");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            TopicPartition partition = new TopicPartition(in.readUTF(), in.readInt());
            long position = in.readLong();
            String topicId = in.readUTF();
            boolean isKnown = version > WITHOUT_LAST_RECORD && in.readBoolean();
            return new KafkaSplit(
                    partition, position, topicId, isKnown ? new LastRecord(in.readLong(), in.readInt()) : null);
        }
    }
}
