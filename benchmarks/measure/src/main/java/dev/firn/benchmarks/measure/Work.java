package dev.firn.benchmarks.measure;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * What a candidate has to do: read topics to their present end and have all of it in tables, {@code repetitions} times, each
 * time into tables of another namespace.
 *
 * @param bootstrapServers of the broker
 * @param registryUrl the base of Confluent's REST API
 * @param warehouse the folder of Iceberg's Hadoop catalog
 * @param namespace the start of each namespace's name
 * @param repetitions how often the work is done in one process; the first is the cold one
 * @param parallelism of a job, or how many tasks
 * @param commitInterval how often is committed: the interval of checkpoints
 * @param topics what is read, each into the table of its name
 */
public record Work(
        String bootstrapServers,
        String registryUrl,
        Path warehouse,
        String namespace,
        int repetitions,
        int parallelism,
        Duration commitInterval,
        List<Topic> topics) {

    /**
     * A topic and the table of the same name.
     *
     * @param schema a file with the Avro schema of the values, which is registered under {@code NAME-value}
     * @param records how many records the topic holds
     * @param rows how many rows the table has when all of them are in it: less than records where some are not readable, or
     *     take the place of others
     * @param key the columns that a record's key consists of, where a newer record takes the place of an older one and one
     *     without a value deletes; empty where each record is a row. The key is Avro too, with the schema in {@code keySchema}
     * @param keySchema a file with the Avro schema of the keys; not there where {@code key} is empty
     */
    public record Topic(String name, Path schema, long records, long rows, List<String> key, Path keySchema) {
        public Topic {
            key = List.copyOf(key);
        }
    }

    public Work {
        topics = List.copyOf(topics);
    }

    /** The namespace that the tables of a repetition are in, from 0. */
    public String namespace(int repetition) {
        return namespace + "_" + repetition;
    }

    /** How many records all topics hold. */
    public long records() {
        return topics.stream().mapToLong(Topic::records).sum();
    }

    public void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("bootstrap-servers", bootstrapServers);
        properties.setProperty("registry-url", registryUrl);
        properties.setProperty("warehouse", warehouse.toString());
        properties.setProperty("namespace", namespace);
        properties.setProperty("repetitions", Integer.toString(repetitions));
        properties.setProperty("parallelism", Integer.toString(parallelism));
        properties.setProperty("commit-interval-millis", Long.toString(commitInterval.toMillis()));
        properties.setProperty("topics", Integer.toString(topics.size()));
        for (int i = 0; i < topics.size(); i++) {
            Topic topic = topics.get(i);
            properties.setProperty("topic." + i + ".name", topic.name());
            properties.setProperty("topic." + i + ".schema", topic.schema().toString());
            properties.setProperty("topic." + i + ".records", Long.toString(topic.records()));
            properties.setProperty("topic." + i + ".rows", Long.toString(topic.rows()));
            properties.setProperty("topic." + i + ".key", String.join(",", topic.key()));
            properties.setProperty(
                    "topic." + i + ".key-schema", topic.keySchema().toString());
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    public static Work read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Work(
                properties.getProperty("bootstrap-servers"),
                properties.getProperty("registry-url"),
                Path.of(properties.getProperty("warehouse")),
                properties.getProperty("namespace"),
                Integer.parseInt(properties.getProperty("repetitions")),
                Integer.parseInt(properties.getProperty("parallelism")),
                Duration.ofMillis(Long.parseLong(properties.getProperty("commit-interval-millis"))),
                IntStream.range(0, Integer.parseInt(properties.getProperty("topics")))
                        .mapToObj(i -> topic(properties, "topic." + i + "."))
                        .toList());
    }

    private static Topic topic(Properties properties, String prefix) {
        String key = properties.getProperty(prefix + "key");
        return new Topic(
                properties.getProperty(prefix + "name"),
                Path.of(properties.getProperty(prefix + "schema")),
                Long.parseLong(properties.getProperty(prefix + "records")),
                Long.parseLong(properties.getProperty(prefix + "rows")),
                key.isEmpty() ? List.of() : Arrays.asList(key.split(",")),
                Path.of(properties.getProperty(prefix + "key-schema")));
    }
}
