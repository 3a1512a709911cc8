package dev.firn.connector.kafka.flink;

import dev.firn.connector.kafka.KafkaOptions;
import dev.firn.connector.kafka.KafkaSourceConnector;
import dev.firn.connector.kafka.broker.ClientSettings;
import dev.firn.schema.Formats;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.row.KeyOptions;
import dev.firn.schema.row.RowFormat;
import dev.firn.spi.flink.SourceTranslator;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.Split;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

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
                new FirnKafkaSource.Choices(
                        options.startup(),
                        SelectedTopics.of(options, source.streams()),
                        options.lostOffsets(),
                        Formats.gate(options.format(), options.key(), options.deletes(), shelf(source))),
                new ClientSettings(clientId, options.properties()),
                source.startPositions());
    }

    @Override
    public List<SavedSplit> savedSplits(PlannedSource source, int version, byte[] bytes) throws IOException {
        KafkaPartitionSplit saved = new KafkaSplitSerializer().deserialize(version, bytes);
        String topicId = KafkaSplit.topicIdOf(saved);
        return topicId.equals(KafkaSplit.NOT_YET_KNOWN) || !source.streams().contains(saved.getTopic())
                ? List.of()
                : List.of(new SavedSplit(
                        new Split(source.name(), saved.getTopic(), saved.getPartition(), topicId),
                        saved.getStartingOffset()));
    }

    @Override
    public RecordFormat format(PlannedSource source) {
        KafkaOptions options = (KafkaOptions) source.options();
        Map<String, String> values = new HashMap<>();
        Map<String, String> keys = new HashMap<>();
        source.schemas().forEach((stream, definition) -> {
            values.put(stream, definition.value());
            definition.key().ifPresent(key -> keys.put(stream, key));
        });
        return RowFormat.of(
                Formats.of(options.format(), shelf(source), values),
                options.key()
                        .filter(KeyOptions::hasColumns)
                        .map(key -> Formats.key(options.format(), key, shelf(source), keys)),
                options.metadataColumns().columns(),
                options.key()
                        .filter(key -> options.deletes())
                        .map(key -> Formats.deletes(options.format(), key, shelf(source), keys)));
    }

    /** The gate in the source and the readers behind it share their schemas. */
    private static ShelfName shelf(PlannedSource source) {
        return new ShelfName(source.pipeline(), source.run(), source.name());
    }
}
