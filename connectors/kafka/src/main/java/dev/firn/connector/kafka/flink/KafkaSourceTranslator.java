package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.KafkaOptions;
import dev.firn.connector.kafka.KafkaSourceConnector;
import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.schema.Formats;
import dev.firn.spi.flink.SourceTranslator;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.record.SourceEvent;
import org.apache.flink.api.connector.source.Source;

/** Makes Flink sources of {@code type: kafka}. */
public final class KafkaSourceTranslator implements SourceTranslator {

    @Override
    public String type() {
        return KafkaSourceConnector.TYPE;
    }

    @Override
    public Source<SourceEvent, ?, ?> source(PlannedSource source) {
        KafkaOptions options = (KafkaOptions) source.options();
        String clientId = "firn-" + source.pipeline() + "-" + source.name();
        return new FirnKafkaSource(
                source.name(),
                source.streams(),
                options.startup(),
                new ClientSettings(clientId, options.properties()),
                source.startPositions());
    }

    @Override
    public RecordFormat format(PlannedSource source) {
        return Formats.of(((KafkaOptions) source.options()).format());
    }
}
