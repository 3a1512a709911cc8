package dev.firn.benchmarks.connect;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/** Does for a sink what Confluent's converter of this name does, which no public repository has. */
public final class AvroConverter implements Converter {

    static final String REGISTRY = "schema.registry.url";

    private @Nullable FramedAvro avro;

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        avro = new FramedAvro(new Registry(String.valueOf(settings.get(REGISTRY))));
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new UnsupportedOperationException("it reads only");
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        try {
            return Objects.requireNonNull(avro).read(value);
        } catch (IOException | RuntimeException problem) {
            throw new DataException("the record can't be read", problem);
        }
    }
}
