package dev.firn.flink.wire;

import static dev.firn.flink.testing.Records.ORDERS;
import static dev.firn.flink.testing.Records.ORDERS_0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class GatheredRecordSerializerTest {

    private static final GatheredRecord GATHERED = new GatheredRecord(
            new RawRecord(ORDERS_0, 41, 17, new byte[] {1}, new byte[] {2, 3}, List.of(new Header("h", null))),
            ORDERS,
            7,
            3);

    private final TypeSerializer<GatheredRecord> serializer =
            FirnTypes.GATHERED_RECORD.createSerializer(new ExecutionConfig());

    @Test
    void readsWhatItWrote() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(GATHERED, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(GATHERED);
        assertThat(in.available()).isZero();
    }

    @Test
    void copiesNothingAndIsFoundAgainByItsSnapshot() {
        assertThat(serializer.copy(GATHERED)).isSameAs(GATHERED);
        assertThat(serializer.snapshotConfiguration().restoreSerializer()).isSameAs(serializer);
    }
}
