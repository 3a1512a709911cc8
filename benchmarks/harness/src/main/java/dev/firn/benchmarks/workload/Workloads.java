package dev.firn.benchmarks.workload;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All kinds of work there are. */
public final class Workloads {

    private static final int RANDOM_SCHEMAS = 5;

    private Workloads() {}

    /** Those that are measured unless others are asked for. */
    public static List<Workload> all() {
        return Stream.of(first(), random(), last()).flatMap(List::stream).toList();
    }

    /** With those that only the page about scaling needs. */
    public static Optional<Workload> named(String name) {
        return Stream.concat(all().stream(), scaling().stream())
                .filter(workload -> workload.name().equals(name))
                .findFirst();
    }

    private static List<Workload> first() {
        return List.of(
                Workload.of("start", "6 columns, next to no records: what a job costs", Schemas.named("narrow"), 1_000),
                Workload.of("narrow", "6 columns", Schemas.named("narrow"), 4_000_000),
                orders("orders", "14 columns: a struct, a list of structs, a map, a decimal"),
                Workload.of("wide", "200 columns, half of the values null", Schemas.wide(), 100_000));
    }

    private static List<Workload> random() {
        return IntStream.rangeClosed(1, RANDOM_SCHEMAS)
                .mapToObj(seed ->
                        Workload.of("random-" + seed, "a random schema, seed " + seed, Schemas.random(seed), 200_000))
                .toList();
    }

    private static List<Workload> last() {
        return List.of(
                Workload.of(
                        "unique-strings", "ten texts that never come twice", Schemas.named("unique-strings"), 400_000),
                Workload.of("few-strings", "ten texts of 50 values each", Schemas.named("few-strings"), 600_000),
                orders("tables-10", "orders from ten topics into ten tables").withTopics(10, 1),
                orders("tables-100", "orders from 100 topics into 100 tables").withTopics(100, 1),
                orders("partitioned", "orders into 16 partitions by hash, two subtasks")
                        .withPartitioning("bucket(customer_id, 16)")
                        .withParallelism(2),
                orders("two-subtasks", "orders, two subtasks").withParallelism(2),
                orders("lz4", "orders, topics compressed with lz4").withCompression("lz4"),
                orders("zstd", "orders, topics compressed with zstd").withCompression("zstd"),
                orders("poison", "orders, one record of a hundred is not readable")
                        .withPoison(1),
                orders("upsert", "orders that replace and delete one another")
                        .withRecords(400_000)
                        .withKey("order_id"));
    }

    private static List<Workload> scaling() {
        return List.of(
                orders("slots-1", "orders from 16 partitions, one slot").withTopics(1, 16),
                orders("slots-2", "orders from 16 partitions, two slots")
                        .withTopics(1, 16)
                        .withParallelism(2),
                orders("slots-4", "orders from 16 partitions, four slots")
                        .withTopics(1, 16)
                        .withParallelism(4),
                orders("tables-1000", "orders from 1,000 topics into 1,000 tables")
                        .withTopics(1_000, 1));
    }

    private static Workload orders(String name, String says) {
        return Workload.of(name, says, Schemas.named("orders"), 1_000_000);
    }
}
