package dev.firn.benchmarks.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class AvroConverterTest {

    @Test
    void readsTheFrameAndAsksForEachSchemaOnce() throws IOException {
        List<Integer> asked = new ArrayList<>();
        FramedAvro avro = new FramedAvro(id -> {
            asked.add(id);
            return Schema.create(id == 258 ? Schema.Type.INT : Schema.Type.STRING);
        });

        assertThat(avro.read(new byte[] {0, 0, 0, 1, 2, 14}))
                .isEqualTo(new SchemaAndValue(org.apache.kafka.connect.data.Schema.INT32_SCHEMA, 7));
        assertThat(avro.read(new byte[] {0, 0, 0, 0, 3, 4, 'o', 'k'}).value()).isEqualTo("ok");
        assertThat(avro.read(new byte[] {0, 0, 0, 1, 2, 1}).value()).isEqualTo(-1);
        assertThat(asked).containsExactly(258, 3);
    }

    /** Avro 1.12.0 has a list of its own for them, which makes floats of them. */
    @Test
    void keepsEachDigitOfDoublesInAList() throws IOException {
        FramedAvro avro = new FramedAvro(id -> Schema.createArray(Schema.create(Schema.Type.DOUBLE)));
        ByteBuffer frame = ByteBuffer.allocate(15).order(ByteOrder.LITTLE_ENDIAN);
        frame.position(5);
        frame.put((byte) 2).putDouble(0.1).put((byte) 0);

        assertThat(avro.read(frame.array()).value()).isEqualTo(List.of(0.1));
    }

    @Test
    void saysInConnectsWayThatARecordCannotBeRead() {
        AvroConverter converter = converter();

        assertThatThrownBy(() -> converter.toConnectData("topic", new byte[] {7, 0, 0, 0, 1, 0}))
                .isInstanceOf(DataException.class)
                .hasRootCauseMessage("the record is not in Confluent's frame");
        assertThatThrownBy(() -> converter.toConnectData("topic", new byte[] {0, 0}))
                .isInstanceOf(DataException.class);
    }

    @Test
    void passesOnThatThereIsNoValue() {
        assertThat(converter().toConnectData("topic", null)).isEqualTo(SchemaAndValue.NULL);
    }

    private static AvroConverter converter() {
        AvroConverter converter = new AvroConverter();
        converter.configure(Map.of("schema.registry.url", "http://127.0.0.1:1"), false);
        return converter;
    }
}
