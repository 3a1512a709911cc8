package dev.firn.benchmarks.flink;

import dev.firn.benchmarks.measure.Candidate;
import dev.firn.benchmarks.measure.MeasuredProcess;
import dev.firn.benchmarks.measure.Work;
import dev.firn.benchmarks.measure.Work.Topic;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.RowData;

/**
 * A job written by hand with Flink's and Iceberg's own parts, as is done without Firn:
 *
 * <pre>
 * Kafka source, Avro's generic reader, rows ──► Iceberg's writer ──► Iceberg's committer     for each topic
 * </pre>
 *
 * The word {@code object-reuse} has operators hand on the same row rather than a copy.
 */
public final class DataStreamPeer implements Candidate {

    private final boolean objectReuse;

    private DataStreamPeer(List<String> words) {
        objectReuse = words.contains("object-reuse");
    }

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        MeasuredProcess.run(words, new DataStreamPeer(words));
    }

    @Override
    public void run(Work work, int repetition) throws Exception {
        execute(work, repetition, source -> source.setBounded(OffsetsInitializer.latest()));
    }

    @Override
    public void runForever(Work work) throws Exception {
        execute(work, 0, source -> source);
    }

    private void execute(Work work, int repetition, UnaryOperator<KafkaSourceBuilder<RowData>> end) throws Exception {
        StreamExecutionEnvironment environment = environment(work);
        Lake lake = Lake.of(work, repetition);
        for (Topic topic : work.topics()) {
            TopicToTable path = TopicToTable.of(topic, new Registry(work.registryUrl()), lake);
            KafkaSource<RowData> source = end.apply(source(work, path)).build();
            path.write(environment
                    .fromSource(source, WatermarkStrategy.noWatermarks(), topic.name())
                    .uid(topic.name()));
        }
        environment.execute();
    }

    private StreamExecutionEnvironment environment(Work work) {
        StreamExecutionEnvironment environment = LocalFlink.environment(work);
        if (objectReuse) {
            environment.getConfig().enableObjectReuse();
        }
        return environment;
    }

    private static KafkaSourceBuilder<RowData> source(Work work, TopicToTable path) throws IOException {
        return KafkaSource.<RowData>builder()
                .setBootstrapServers(work.bootstrapServers())
                .setTopics(path.topic().name())
                .setGroupId("data-stream-peer-" + path.topic().name())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(path.deserializer());
    }
}
