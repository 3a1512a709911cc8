package dev.firn.schema.avro;

import dev.firn.schema.registry.Frame;
import dev.firn.schema.testing.AvroBytes;
import dev.firn.schema.testing.AvroRows;
import dev.firn.schema.testing.Row;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.Column;
import dev.firn.spi.schema.TableSchema;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * A target of the fuzzer: the first byte says which schema the others, frame and all, are read with. Whatever they are, the
 * decoder makes a row or rejects them, in memory and time that their length bounds. A row is the one that Avro's reader makes; and what
 * Avro's reader takes, written again as Avro writes it, is refused only for a value that no column may have.
 */
public final class DecoderFuzz {

    static {
        // Avro allocates what a length claims. Too late where another test has read with it, and needed by the fuzzer
        // only.
        System.setProperty("org.apache.avro.limits.bytes.maxLength", "65536");
        System.setProperty("org.apache.avro.limits.string.maxLength", "65536");
        System.setProperty("org.apache.avro.limits.collectionItems.maxLength", "65536");
    }

    private static final int FRAME = 5;

    /** Of the widest struct, which a few bytes can make. */
    private static final long ALLOCATED_PER_BYTE = 1_000;

    private static final long ALLOCATED = 64 << 10;

    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What the encoding can't be blamed for. */
    private static final Set<RejectCode> BY_VALUE = EnumSet.of(
            RejectCode.DECIMAL_OVERFLOW,
            RejectCode.INVALID_VALUE,
            RejectCode.BAD_UTF8,
            RejectCode.MISSING_REQUIRED_COLUMN);

    private static final List<Target> TARGETS = targets();

    private DecoderFuzz() {}

    private record Target(FuzzedSchemas.Fuzzed fuzzed, TableSchema table, RowDecoder whole, List<RowDecoder> columns) {}

    /** What is made once is made here: it takes long on a machine that does other work, and would count as the first input's time. */
    public static void fuzzerInitialize() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Target target = TARGETS.get((input[0] & 0xff) % TARGETS.size());
        byte[] value = Arrays.copyOfRange(input, 1, input.length);
        RawRecord record = AvroBytes.raw(value);
        Optional<Row> ours = decoded(target.whole(), record);
        if (ours.isPresent()) {
            requireSame(target, ours.get(), value);
            requireSameColumns(target, ours.get(), record);
        } else {
            target.columns().forEach(column -> decoded(column, record));
        }
        avros(target.fuzzed().writer(), value)
                .filter(datum -> !isLong(datum))
                .ifPresent(datum -> requireTaken(target, datum));
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
            Frame.schemaId(record);
            return Optional.of((Row) decoder.decode(record));
        } catch (Rejected rejected) {
            require(rejected.reason().length() < 300, "a reason is longer than its reader's patience", rejected);
            return Optional.empty();
        }
    }

    private static void requireSame(Target target, Row ours, byte[] value) {
        if (!target.fuzzed().json()) {
            try {
                Row avros =
                        AvroRows.read(target.fuzzed().writer(), target.fuzzed().reader(), value);
                require(ours.equals(avros), "a row is not Avro's", List.of(ours, avros));
            } catch (IOException e) {
                throw new AssertionError("Avro refuses what we take: " + ours, e);
            }
        }
    }

    private static void requireSameColumns(Target target, Row ours, RawRecord record) {
        for (int i = 0; i < target.columns().size(); i++) {
            Row one = decoded(target.columns().get(i), record).orElseThrow();
            String name = target.table().columns().get(i).name();
            Row expected = Row.of(name, ours.value(name));
            require(one.equals(expected), "a column by itself is another", List.of(one, expected));
        }
    }

    /** What Avro takes, if it does; what it throws besides is its own affair. */
    private static Optional<Object> avros(Schema writer, byte[] value) {
        if (value.length < FRAME) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GenericDatumReader<Object>(writer, writer, new GenericData())
                    .read(null, DecoderFactory.get().binaryDecoder(value, FRAME, value.length - FRAME, null)));
        } catch (IOException | RuntimeException | StackOverflowError refused) {
            return Optional.empty();
        }
    }

    /** We read a thousand nulls, Avro as many as a few bytes claim. */
    private static boolean isLong(Object datum) {
        return ((GenericRecord) datum).get(0) instanceof Collection<?> items && items.size() > 1_000;
    }

    private static void requireTaken(Target target, Object datum) {
        byte[] value = AvroBytes.encode(target.fuzzed().writer(), datum);
        try {
            Row ours = (Row) target.whole().decode(AvroBytes.raw(value));
            requireSame(target, ours, value);
        } catch (Rejected rejected) {
            require(BY_VALUE.contains(rejected.code()), "what Avro wrote is refused: " + datum, rejected);
        }
    }

    private static void require(boolean condition, String what, Object seen) {
        if (!condition) {
            throw new AssertionError(what + ": " + seen);
        }
    }

    private static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (FuzzedSchemas.Fuzzed fuzzed : FuzzedSchemas.ALL) {
            TableSchema table =
                    AvroColumns.of(fuzzed.reader(), fuzzed.rules()).table().orElseThrow();
            AvroReading reading = new AvroReading(fuzzed.reader(), fuzzed.rules());
            try {
                List<RowDecoder> columns = new ArrayList<>();
                for (Column column : table.columns()) {
                    columns.add(AvroDecoder.projection(
                            fuzzed.writer(), reading, new TableSchema(List.of(column)), Row.FACTORY));
                }
                targets.add(new Target(
                        fuzzed, table, AvroDecoder.compile(fuzzed.writer(), reading, table, Row.FACTORY), columns));
            } catch (Rejected e) {
                throw new AssertionError("a fuzzed schema is refused", e);
            }
        }
        return targets;
    }
}
