package dev.firn.schema.json;

import static dev.firn.schema.json.JsonRecords.quoted;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.YamlReader;
import dev.firn.schema.FormatOptions;
import dev.firn.schema.FormatType;
import dev.firn.schema.Formats;
import dev.firn.schema.Subjects;
import dev.firn.schema.avro.Allocation;
import dev.firn.schema.registry.RegistryAnswer;
import dev.firn.schema.registry.SchemaType;
import dev.firn.schema.registry.ShelfName;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.RecordFormat;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.NewestSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/**
 * A target of the fuzzer: the first byte says which format the others are read in, JSON, Avro in JSON or Protobuf. Whatever they are,
 * they are a row or rejected, in memory and time that their length bounds; each column by itself is the row's; and what was Avro in
 * JSON is the same row once Avro's own encoder has written it.
 */
public final class FormatsFuzz {

    private static final byte[] FRAME = {0, 0, 0, 0, 7};

    private static final long ALLOCATED_PER_BYTE = 1_000;

    private static final long ALLOCATED = 128 << 10;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Schema AVRO = AvroBytes.schema("{'type': 'record', 'name': 'R', 'fields': ["
            + "{'name': 'i', 'type': 'int'}, {'name': 'l', 'type': ['null', 'long']}, {'name': 'f', 'type': 'float'},"
            + "{'name': 'd', 'type': ['double', 'null', 'string', 'boolean']}, {'name': 'b', 'type': 'bytes'},"
            + "{'name': 'x', 'type': {'type': 'fixed', 'name': 'n.X', 'size': 2}},"
            + "{'name': 'e', 'type': {'type': 'enum', 'name': 'n.E', 'symbols': ['A', 'B']}},"
            + "{'name': 'm', 'type': {'type': 'map', 'values': ['null', 'long']}},"
            + "{'name': 't', 'type': {'type': 'long', 'logicalType': 'timestamp-micros'}},"
            + "{'name': 'c', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 5, 'scale': 2}},"
            + "{'name': 'a', 'type': {'type': 'array', 'items': {'type': 'record', 'name': 'n.I', 'fields': ["
            + "{'name': 's', 'type': 'string'}]}}}]}");

    private static final Schema TREE = AvroBytes.schema("{'type': 'record', 'name': 'T', 'fields': ["
            + "{'name': 'n', 'type': 'double'}, {'name': 'kids', 'type': {'type': 'array', 'items': ['null', 'T']}}]}");

    private static final String VISIT =
            """
            syntax = "proto3";
            import "google/protobuf/timestamp.proto";
            import "google/protobuf/struct.proto";
            message Visit {
              int64 id = 1; google.protobuf.Timestamp at = 2; repeated string pages = 3; Kind kind = 4;
              optional double weight = 5; bytes raw = 6; map<int32, Inner> inner = 7; fixed64 big = 8;
              oneof choice { sint32 number = 9; Inner one = 10; } google.protobuf.Struct more = 11; repeated float f = 12;
              message Inner { bool yes = 1; uint32 n = 2; }
            }
            enum Kind { PERSON = 0; BOT = 2; }
            """;

    /** An entry's place is part of the corpus, so new ones go to the end. */
    private static final List<Target> TARGETS = List.of(
            plain("{type: json, schema-file: s}", MutatedJsonTest.SCHEMA.replace(", 1]", "]")),
            plain(
                    "{type: json, schema-file: s, unknown-fields: quarantine, json-fields: [any], nanoseconds: truncate}",
                    quoted("{'required': ['t'], 'properties': {'any': {}, 't': {'type': 'string', 'format': 'time'},"
                            + "'n': {'type': 'array', 'items': {'type': ['number', 'null'], 'multipleOf': 1}}}}")),
            plain("{type: avro, encoding: json, schema-file: s}", AVRO.toString()),
            plain("{type: avro, encoding: json, schema-file: s, json-fields: [kids]}", TREE.toString()),
            protobuf());

    private FormatsFuzz() {}

    /** @param isFramed whether a frame is put in front of the fuzzer's bytes */
    private record Target(
            TableSchema table, RowDecoder whole, List<RowDecoder> columns, Optional<Schema> avro, boolean isFramed) {

        static Target of(FormatReader reader, int id, TableSchema table, Optional<Schema> avro) {
            try {
                List<RowDecoder> columns = new ArrayList<>();
                for (Column column : table.columns()) {
                    columns.add(reader.projection(id, new TableSchema(List.of(column)), Row.FACTORY));
                }
                return new Target(
                        table, reader.decoder(id, table, Row.FACTORY), columns, avro, id != RawRecord.NO_SCHEMA_ID);
            } catch (Rejected e) {
                throw new AssertionError("a fuzzed schema is refused", e);
            }
        }
    }

    /** What is made once is made here: it takes long on a machine that does other work, and would count as the first input's time. */
    public static void fuzzerInitialize() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Target target = TARGETS.get((input[0] & 0xff) % TARGETS.size());
        RawRecord record = AvroBytes.raw(value(target, input));
        Optional<Row> row = decoded(target.whole(), record);
        if (row.isPresent()) {
            requireSameColumns(target, row.get(), record);
            target.avro().ifPresent(schema -> requireSameOnceMore(target, schema, row.get(), record));
        } else {
            target.columns().forEach(column -> decoded(column, record));
        }
    }

    private static byte[] value(Target target, byte[] input) {
        if (!target.isFramed()) {
            return Arrays.copyOfRange(input, 1, input.length);
        }
        byte[] framed = Arrays.copyOf(FRAME, FRAME.length + input.length - 1);
        System.arraycopy(input, 1, framed, FRAME.length, input.length - 1);
        return framed;
    }

    private static Optional<Row> decoded(RowDecoder decoder, RawRecord record) {
        long length = Objects.requireNonNull(record.value()).length;
        long allocated = 0;
        long nanos = 0;
        // The first of all loads classes.
        for (int i = 0; i < 2; i++) {
            long allocatedBefore = Allocation.ofThisThread();
            long nanosBefore = THREADS.getCurrentThreadCpuTime();
            Optional<Row> row = decodedOnce(decoder, record);
            nanos = THREADS.getCurrentThreadCpuTime() - nanosBefore;
            allocated = Allocation.ofThisThread() - allocatedBefore;
            if (allocated < ALLOCATED + ALLOCATED_PER_BYTE * length && nanos < LONGEST_NANOS) {
                return row;
            }
        }
        throw new AssertionError("for " + length + " bytes it takes " + allocated + " of memory, " + nanos + " ns");
    }

    private static Optional<Row> decodedOnce(RowDecoder decoder, RawRecord record) {
        try {
            return Optional.of((Row) decoder.decode(record));
        } catch (Rejected rejected) {
            require(rejected.reason().length() < 1_000, "a reason is longer than its reader's patience", rejected);
            return Optional.empty();
        }
    }

    private static void requireSameColumns(Target target, Row row, RawRecord record) {
        for (int i = 0; i < target.columns().size(); i++) {
            Row one = decoded(target.columns().get(i), record).orElseThrow();
            String name = target.table().columns().get(i).name();
            Row expected = Row.of(name, row.value(name));
            require(one.equals(expected), "a column by itself is another", List.of(one, expected));
        }
    }

    private static void requireSameOnceMore(Target target, Schema schema, Row row, RawRecord record) {
        try {
            byte[] binary = AvroJson.binary(schema, Objects.requireNonNull(record.value()), 0, 0);
            Object datum = new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(binary, null));
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            Encoder encoder = EncoderFactory.get().jsonEncoder(schema, json);
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
            Object again = target.whole().decode(AvroBytes.raw(json.toByteArray()));
            require(again.equals(row), "Avro has written another row", List.of(again, row));
        } catch (IOException | Rejected e) {
            throw new AssertionError("what was read can't be written and read again: " + row, e);
        }
    }

    private static void require(boolean condition, String what, Object seen) {
        if (!condition) {
            throw new AssertionError(what + ": " + seen);
        }
    }

    private static Target plain(String format, String schema) {
        FormatOptions options = options(format);
        FormatReader reader = Formats.of(options, shelf(format), Map.of("s", schema)).open(raw -> raw).stream("s");
        return Target.of(
                reader,
                RawRecord.NO_SCHEMA_ID,
                table(options, schema),
                options.type() == FormatType.AVRO ? Optional.of(new Schema.Parser().parse(schema)) : Optional.empty());
    }

    private static Target protobuf() {
        FormatOptions options = options("{type: protobuf, registry: {url: 'http://localhost:1'}}");
        RecordFormat format = Formats.of(options, shelf("protobuf"), Map.of());
        format.memory(raw -> raw).learn(7, new RegistryAnswer.Found(VISIT, SchemaType.PROTOBUF).definition());
        return Target.of(format.open(raw -> raw), 7, table(options, VISIT), Optional.empty());
    }

    private static ShelfName shelf(String name) {
        return new ShelfName("fuzz", 1, name);
    }

    private static TableSchema table(FormatOptions options, String schema) {
        SourceSpan span = new SourceSpan("f.yaml", 1, 1, 1);
        Diagnostics diagnostics = new Diagnostics();
        return Subjects.of(options, (topic, part, where, into) -> Optional.of(new NewestSchema("s", schema)))
                .inspect("s", span, diagnostics)
                .orElseThrow(() -> new AssertionError(diagnostics.inOrder()))
                .columns();
    }

    private static FormatOptions options(String yaml) {
        Node.Mapping node =
                (Node.Mapping) YamlReader.read("f.yaml", yaml).value().orElseThrow();
        return Binder.bind(node, FormatOptions.class)
                .value()
                .map(Bound::options)
                .orElseThrow();
    }
}
