package dev.firn.benchmarks.flink;

import dev.firn.benchmarks.measure.Candidate;
import dev.firn.benchmarks.measure.MeasuredProcess;
import dev.firn.benchmarks.measure.Work;
import dev.firn.benchmarks.measure.Work.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** A job in Flink SQL: an {@code INSERT} from {@code avro-confluent} into Iceberg for each topic, all in one statement set. */
public final class SqlPeer implements Candidate {

    private static final Map<String, String> ENDLESS = Map.of();
    private static final Map<String, String> UP_TO_NOW = Map.of("scan.bounded.mode", "latest-offset");

    private SqlPeer() {}

    public static void main(String[] arguments) {
        MeasuredProcess.run(List.of(arguments), new SqlPeer());
    }

    @Override
    public void run(Work work, int repetition) throws Exception {
        run(work, repetition, UP_TO_NOW);
    }

    @Override
    public void runForever(Work work) throws Exception {
        run(work, 0, ENDLESS);
    }

    private static void run(Work work, int repetition, Map<String, String> bound) throws Exception {
        StreamTableEnvironment tables = StreamTableEnvironment.create(LocalFlink.environment(work));
        tables.getConfig().set("table.local-time-zone", "UTC");
        Lake lake = Lake.of(work, repetition);
        tables.executeSql("CREATE CATALOG lake WITH ('type' = 'iceberg', 'catalog-type' = 'hadoop', 'warehouse' = '"
                + lake.warehouse() + "')");
        StatementSet inserts = tables.createStatementSet();
        for (Topic topic : work.topics()) {
            refuseWhatSqlHasNot(topic);
            SqlStatements statements = new SqlStatements(topic.name(), schema(topic));
            tables.executeSql(statements.createTable(options(work, topic, bound)));
            inserts.addInsertSql(statements.insertInto(
                    "lake." + SqlTypes.quoted(lake.namespace()) + "." + SqlTypes.quoted(topic.name())));
        }
        inserts.execute().await();
    }

    private static Map<String, String> options(Work work, Topic topic, Map<String, String> bound) {
        Map<String, String> options = new HashMap<>(bound);
        options.put("connector", "kafka");
        options.put("topic", topic.name());
        options.put("properties.bootstrap.servers", work.bootstrapServers());
        options.put("properties.group.id", "sql-peer-" + topic.name());
        options.put("scan.startup.mode", "earliest-offset");
        options.put("format", "avro-confluent");
        options.put("avro-confluent.url", work.registryUrl());
        return options;
    }

    private static void refuseWhatSqlHasNot(Topic topic) {
        if (!topic.key().isEmpty()) {
            throw new IllegalArgumentException(
                    "`" + topic.name() + "` has a key: changes are measured against a job written by hand");
        }
        if (topic.rows() < topic.records()) {
            throw new IllegalArgumentException(
                    "`" + topic.name()
                            + "` has records that can't be read: `avro-confluent` fails at the first and can't be told to drop it");
        }
    }

    private static Schema schema(Topic topic) throws IOException {
        return new Schema.Parser().parse(Files.readString(topic.schema()));
    }
}
