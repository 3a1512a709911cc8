package dev.firn.benchmarks.workload;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/**
 * One kind of work.
 *
 * @param says what it is, in a few words
 * @param schema of the values
 * @param records how many, in all topics together
 * @param topics how many topics, and tables
 * @param partitions of each topic
 * @param compression of the topics, in Kafka's word
 * @param parallelism of the job
 * @param partitionBy the tables' partitioning in Firn's notation, empty where there is none; with it rows are distributed by
 *     hash
 * @param poison how many records of a hundred are not readable
 * @param key the columns of the key, where records take the place of others and one of ten deletes
 */
public record Workload(
        String name,
        String says,
        Schema schema,
        long records,
        int topics,
        int partitions,
        String compression,
        int parallelism,
        String partitionBy,
        int poison,
        List<String> key) {

    public Workload {
        key = List.copyOf(key);
    }

    static Workload of(String name, String says, Schema schema, long records) {
        return new Workload(name, says, schema, records, 1, 4, "none", 1, "", 0, List.of());
    }

    /** The same with fewer records, or more. */
    public Workload scaled(double factor) {
        long least = Math.min(records, 100L * topics);
        return withRecords(Math.max(least, Math.round(records * factor)));
    }

    Workload withRecords(long count) {
        return new Workload(
                name, says, schema, count, topics, partitions, compression, parallelism, partitionBy, poison, key);
    }

    Workload withTopics(int count, int partitionsOfEach) {
        return new Workload(
                name,
                says,
                schema,
                records,
                count,
                partitionsOfEach,
                compression,
                parallelism,
                partitionBy,
                poison,
                key);
    }

    Workload withCompression(String codec) {
        return new Workload(
                name, says, schema, records, topics, partitions, codec, parallelism, partitionBy, poison, key);
    }

    Workload withParallelism(int slots) {
        return new Workload(
                name, says, schema, records, topics, partitions, compression, slots, partitionBy, poison, key);
    }

    Workload withPartitioning(String notation) {
        return new Workload(
                name, says, schema, records, topics, partitions, compression, parallelism, notation, poison, key);
    }

    Workload withPoison(int percent) {
        return new Workload(
                name, says, schema, records, topics, partitions, compression, parallelism, partitionBy, percent, key);
    }

    Workload withKey(String column) {
        return new Workload(
                name,
                says,
                schema,
                records,
                topics,
                partitions,
                compression,
                parallelism,
                partitionBy,
                poison,
                List.of(column));
    }

    /** The names of the topics, which are those of the tables too. */
    public List<String> topicNames() {
        String word = name.replace('-', '_');
        return topics == 1
                ? List.of(word)
                : IntStream.range(0, topics).mapToObj(i -> word + "_" + i).toList();
    }

    /** The column whose values are spread over partitions; empty where there are none. */
    public String bucketed() {
        return partitionBy.isEmpty()
                ? ""
                : partitionBy.substring(partitionBy.indexOf('(') + 1, partitionBy.indexOf(','));
    }

    /** How many records each topic holds. */
    public long recordsOfEach() {
        return records / topics;
    }
}
