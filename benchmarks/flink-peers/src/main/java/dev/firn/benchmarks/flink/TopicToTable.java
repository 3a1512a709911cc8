package dev.firn.benchmarks.flink;

import dev.firn.benchmarks.measure.Work.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.TableLoader;
import org.apache.iceberg.flink.sink.FlinkSink;

/** What a job does for one topic: its records become rows of its table. The table's columns are the schema's fields. */
record TopicToTable(Topic topic, WriterSchemas writers, TableLoader loader, Table table) {

    static TopicToTable of(Topic topic, WriterSchemas writers, Lake lake) throws IOException {
        TableLoader loader = lake.table(topic.name());
        loader.open();
        try (loader) {
            return new TopicToTable(topic, writers, loader.clone(), loader.loadTable());
        }
    }

    private boolean hasKey() {
        return !topic.key().isEmpty();
    }

    KafkaRecordDeserializationSchema<RowData> deserializer() throws IOException {
        Schema value = parse(topic.schema());
        RowType type = FlinkSchemaUtil.convert(table.schema());
        if (hasKey()) {
            return new RowDeserializer(
                    new ChangeReader(writers, value, parse(topic.keySchema())),
                    withOptional(type, Set.copyOf(topic.key())));
        }
        RowReader reader = new AppendReader(writers, value);
        return topic.rows() < topic.records()
                ? new TolerantDeserializer(reader, type)
                : new RowDeserializer(reader, type);
    }

    void write(DataStream<RowData> rows) {
        FlinkSink.Builder sink =
                FlinkSink.forRowData(rows).table(table).tableLoader(loader).uidPrefix(topic.name());
        if (hasKey()) {
            sink.equalityFieldColumns(topic.key()).upsert(true);
        }
        sink.append();
    }

    /** On its way a row that deletes has its key only. */
    private static RowType withOptional(RowType type, Set<String> key) {
        List<RowType.RowField> fields = type.getFields().stream()
                .map(field -> key.contains(field.getName())
                        ? field
                        : new RowType.RowField(field.getName(), field.getType().copy(true)))
                .toList();
        return new RowType(false, fields);
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }
}
