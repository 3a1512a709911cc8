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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GatheredSerializerTest {

    private static final Gathered RECORD = new GatheredRecord(
            new RawRecord(ORDERS_0, 41, 17, new byte[] {1}, new byte[] {2, 3}, List.of(new Header("h", null))),
            ORDERS,
            7,
            3);

    private final TypeSerializer<Gathered> serializer = FirnTypes.GATHERED.createSerializer(new ExecutionConfig());

    private static List<Gathered> kinds() {
        return List.of(RECORD, new GatheredSchema("kafka", 7, "{\"type\": \"récord\"}", 3));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsWhatItWrote(Gathered gathered) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(gathered, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(serializer.deserialize(in)).usingRecursiveComparison().isEqualTo(gathered);
        assertThat(in.available()).isZero();
    }

    @Test
    void copiesNothingAndIsFoundAgainByItsSnapshot() {
        assertThat(serializer.copy(RECORD)).isSameAs(RECORD);
        assertThat(serializer.snapshotConfiguration().restoreSerializer()).isSameAs(serializer);
    }
}
