package dev.firn.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A part of the way from a record to a snapshot that is measured by itself, beside what others do there.
 *
 * @param parameter of the benchmark: what the work is like
 * @param size of the work of one value, in words
 * @param unit of an operation's time
 * @param others ways to do the same without Firn
 */
record Part(
        String name,
        Class<?> benchmark,
        String parameter,
        List<String> values,
        Size size,
        Unit unit,
        List<Way> others,
        Way firn) {

    /** A method of the benchmark, and what it does. */
    record Way(String method, String title) {}

    /** A column that says how large the work is. */
    record Size(String title, Function<String, String> of) {}

    /** What figures are told in. */
    record Unit(String word, double nanoseconds) {}

    private static final Unit NANOSECONDS = new Unit("ns", 1);
    private static final Unit MILLISECONDS = new Unit("ms", 1e6);

    static final Part DECODE = new Part(
            "decode",
            DecodeBenchmark.class,
            "shape",
            Stream.of(Shape.values()).map(Shape::name).toList(),
            new Size("bytes", shape -> Long.toString(Shape.valueOf(shape).averageLength())),
            NANOSECONDS,
            List.of(
                    new Way("avro", "Avro's reader, then converted"),
                    new Way("fastAvro", "its fast reader, then converted")),
            new Way("firn", "Firn"));

    /** Without times of the day, which Flink's rows have in milliseconds only. */
    static final Part ENCODE = new Part(
            "encode",
            EncodeBenchmark.class,
            "shape",
            Stream.of(Shape.values())
                    .filter(shape -> shape != Shape.LOGICAL)
                    .map(Shape::name)
                    .toList(),
            new Size("bytes a row in the file: FlinkSink, Firn", shape -> EncodeBenchmark.sizes(Shape.valueOf(shape))),
            NANOSECONDS,
            List.of(new Way("flink", "FlinkSink's writer")),
            new Way("firn", "Firn"));

    static final Part COMMIT = new Part(
            "commit",
            CommitBenchmark.class,
            "files",
            List.of("1", "10", "100"),
            new Size("commits to the table", files -> Integer.toString(CommitBenchmark.COMMITS)),
            MILLISECONDS,
            List.of(new Way("append", "Iceberg's append alone")),
            new Way("firn", "Firn: ledger, guard, mark, append"));

    static final Part WRITERS = new Part(
            "writers",
            CommitBenchmark.class,
            "files",
            List.of("1", "10", "100", "1000"),
            new Size("commits to the table", files -> Integer.toString(CommitBenchmark.COMMITS)),
            MILLISECONDS,
            List.of(new Way("firn", "all files of one writer")),
            new Way("firnOfManyWriters", "a writer for each file"));

    static final Part RULES = new Part(
            "rules",
            RulesBenchmark.class,
            "rules",
            List.of("SIMPLE"),
            new Size(
                    "rules",
                    rules -> Integer.toString(
                            RulesBenchmark.RULES.getOrDefault(rules, List.of()).size())),
            NANOSECONDS,
            List.of(new Way("byHand", "one method in Java")),
            new Way("firn", "Firn"));

    static final List<Part> ALL = List.of(DECODE, ENCODE, COMMIT, WRITERS, RULES);

    Part {
        values = List.copyOf(values);
        others = List.copyOf(others);
    }

    static Part named(String name) {
        return ALL.stream()
                .filter(part -> part.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part is named `" + name + "`"));
    }

    /** In the order in which they run. */
    List<Way> ways() {
        return Stream.concat(others.stream(), Stream.of(firn)).toList();
    }

    /** A value as people write it. */
    static String word(String value) {
        return value.toLowerCase(Locale.ROOT);
    }
}
