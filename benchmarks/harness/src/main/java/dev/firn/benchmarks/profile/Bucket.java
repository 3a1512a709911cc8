package dev.firn.benchmarks.profile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a thread is at, told by the innermost of its frames that tells it. The first bucket counts that has a beginning of the
 * frame's name, so what is special stands first.
 */
enum Bucket {
    CLASSES(
            "loading and making classes",
            "java.lang.ClassLoader.",
            "java.lang.invoke.InnerClassLambda",
            "java.lang.invoke.MethodHandleNatives.",
            "java.util.jar.",
            "jdk.internal.loader.",
            "org.codehaus.commons.",
            "org.codehaus.janino."),
    SQL_PLAN(
            "planning SQL",
            "org.apache.calcite.",
            "org.apache.flink.calcite.",
            "org.apache.flink.table.api.",
            "org.apache.flink.table.planner."),
    DECOMPRESSION(
            "decompressing",
            "com.github.luben.zstd.ZstdDecompress",
            "com.github.luben.zstd.ZstdInput",
            "net.jpountz.",
            "org.apache.kafka.common.compress.",
            "org.xerial.snappy.SnappyInput"),
    KAFKA_CONNECT("Kafka Connect: its framework", "org.apache.kafka.connect."),
    KAFKA("Kafka: its client", "org.apache.flink.connector.kafka.", "org.apache.kafka."),
    CONVERTING(
            "converting to rows",
            "dev.firn.benchmarks.connect.",
            "dev.firn.benchmarks.flink.",
            "dev.firn.connector.iceberg.RowFactory",
            "org.apache.flink.formats.avro.AvroToRowData",
            "org.apache.iceberg.connect.data."),
    DECODING(
            "decoding records",
            "dev.firn.schema.",
            "org.apache.avro.",
            "org.apache.flink.avro.shaded.",
            "org.apache.flink.formats.avro."),
    COPYING(
            "copying between operators",
            "com.esotericsoftware.kryo.",
            "org.apache.flink.api.common.typeutils.",
            "org.apache.flink.api.java.typeutils.",
            "org.apache.flink.table.runtime.typeutils."),
    ROUTING("Firn: source, routing, batches", "dev.firn.connector.kafka.", "dev.firn.flink.", "dev.firn.spi."),
    DICTIONARIES(
            "Parquet: dictionaries",
            "org.apache.parquet.column.values.dictionary.",
            "org.apache.parquet.column.values.fallback."),
    STATISTICS(
            "Parquet: statistics",
            "org.apache.iceberg.DoubleFieldMetrics",
            "org.apache.iceberg.FieldMetrics",
            "org.apache.iceberg.FloatFieldMetrics",
            "org.apache.iceberg.parquet.ParquetUtil.",
            "org.apache.parquet.column.statistics.",
            "org.apache.parquet.schema.PrimitiveComparator"),
    COMPRESSION(
            "Parquet: compressing",
            "com.github.luben.zstd.",
            "org.apache.hadoop.io.compress.",
            "org.apache.parquet.hadoop.CodecFactory",
            "org.apache.parquet.hadoop.codec.",
            "org.xerial.snappy."),
    PAGES(
            "Parquet: levels, values, pages",
            "org.apache.parquet.column.page.",
            "org.apache.parquet.column.values.",
            "org.apache.parquet.format.",
            "org.apache.parquet.hadoop.",
            "org.apache.parquet.internal."),
    COLUMNS(
            "Parquet: from rows to columns",
            "org.apache.iceberg.data.parquet.",
            "org.apache.iceberg.flink.data.",
            "org.apache.iceberg.parquet.",
            "org.apache.parquet."),
    FILES("files and their checksums", "java.io.FileOutputStream.", "org.apache.hadoop."),
    FIRN_SINK("Firn: writers, commits, ledger", "dev.firn.connector.iceberg."),
    ICEBERG("Iceberg: writers, manifests, commits", "org.apache.iceberg."),
    SQL("SQL: its expressions", "StreamExecCalc", "org.apache.flink.table.runtime."),
    FLINK("Flink: its own", "org.apache.flink.", "org.apache.pekko."),
    OTHER("other");

    /** What works for its caller: values, collections, streams of bytes, here and there. */
    private static final List<String> TELL_NOTHING = List.of(
            "org.apache.avro.util.",
            "org.apache.flink.table.data.",
            "org.apache.flink.types.",
            "org.apache.iceberg.relocated.",
            "org.apache.iceberg.types.",
            "org.apache.iceberg.util.",
            "org.apache.kafka.common.utils.",
            "org.apache.parquet.bytes.",
            "org.apache.parquet.io.api.",
            "org.apache.parquet.shaded.it.");

    /** Where Iceberg's runtime jars have the Parquet that they bring. */
    private static final String SHADED = "org.apache.iceberg.shaded.";

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // what List.of makes does not change
    private final List<String> beginnings;

    Bucket(String words, String... beginnings) {
        this.words = words;
        this.beginnings = List.of(beginnings);
    }

    String words() {
        return words;
    }

    /** @param frame as {@code package.Class.method} */
    static Optional<Bucket> of(String frame) {
        String name = frame.startsWith(SHADED + "org.apache.parquet.") ? frame.substring(SHADED.length()) : frame;
        if (TELL_NOTHING.stream().anyMatch(name::startsWith)) {
            return Optional.empty();
        }
        return Stream.of(values())
                .filter(bucket -> bucket.beginnings.stream().anyMatch(name::startsWith))
                .findFirst();
    }
}
