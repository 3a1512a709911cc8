package dev.firn.flink.wire;

import dev.firn.spi.ledger.Epoch;
import dev.firn.spi.ledger.LedgerEntry;
import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.NewestTime;
import dev.firn.spi.ledger.Outcome;
import dev.firn.spi.ledger.OutcomeCount;
import dev.firn.spi.ledger.PlannedSchema;
import dev.firn.spi.ledger.RecordAges;
import dev.firn.spi.ledger.SplitProgress;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.ledger.UsedSchema;
import dev.firn.spi.record.LastRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads ledger values; the version in front of what a state holds is what old savepoints are told apart by. */
public final class LedgerCodec {

    private static final int EPOCH_VERSION = 3;
    private static final int EPOCH_WITHOUT_LAST_RECORDS = 2;
    private static final int EPOCH_WITHOUT_SCHEMAS = 1;
    private static final int NEWEST_VERSION = 1;

    private LedgerCodec() {}

    /** An epoch as operator state holds it. */
    public static byte[] encode(Epoch epoch) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(EPOCH_VERSION);
            out.writeLong(epoch.number());
            out.writeLong(epoch.run());
            writeText(epoch.planHash(), out);
            out.writeLong(epoch.checkpoint());
            writeList(epoch.progress(), out, LedgerCodec::writeProgress);
            writeList(epoch.outcomes(), out, LedgerCodec::writeOutcome);
            writeList(epoch.staged(), out, LedgerCodec::writeStaged);
            writeSchemas(epoch.schemas(), out);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: writing to memory failed", e);
        }
    }

    public static Epoch decodeEpoch(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readInt();
        if (version < EPOCH_WITHOUT_SCHEMAS || version > EPOCH_VERSION) {
            throw new IOException("the state holds an epoch of version " + version + ", this Firn reads up to version "
                    + EPOCH_VERSION + "; start it with the Firn that wrote it");
        }
        return new Epoch(
                in.readLong(),
                in.readLong(),
                readText(in),
                in.readLong(),
                readList(
                        in,
                        version <= EPOCH_WITHOUT_LAST_RECORDS
                                ? LedgerCodec::readProgressAlone
                                : LedgerCodec::readProgress),
                readList(in, LedgerCodec::readOutcome),
                readList(in, LedgerCodec::readStaged),
                version == EPOCH_WITHOUT_SCHEMAS ? LedgerSchemas.NONE : readSchemas(in));
    }

    /** A newest event time as operator state holds it. */
    public static byte[] encode(SavedTime saved) {
        NewestTime time = saved.time();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(NEWEST_VERSION);
            writeSplit(time.split(), out);
            writeText(time.table().full(), out);
            writeText(time.column(), out);
            out.writeLong(time.micros());
            out.writeLong(saved.insteadOf());
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: writing to memory failed", e);
        }
    }

    public static SavedTime decodeNewest(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        if (version != NEWEST_VERSION) {
            throw new IOException("the state holds an event time of version " + version + ", this Firn reads version "
                    + NEWEST_VERSION + "; start it with the Firn that wrote it");
        }
        return new SavedTime(
                new NewestTime(readSplit(in), new TableName(readText(in)), readText(in), in.readLong()), in.readLong());
    }

    /** A run's number as operator state holds it. */
    public static byte[] encodeRun(long run) {
        return ByteBuffer.allocate(Long.BYTES).putLong(run).array();
    }

    /** The number in a state's list; 0 where that is empty, for states of before it was written down. */
    public static long decodeRun(Iterable<byte[]> state) {
        long run = 0;
        for (byte[] bytes : state) {
            run = Math.max(run, ByteBuffer.wrap(bytes).getLong());
        }
        return run;
    }

    static void write(LedgerEntry entry, DataOutput out) throws IOException {
        writeText(entry.operator(), out);
        out.writeInt(entry.subtask());
        writeList(entry.progress(), out, LedgerCodec::writeProgress);
        writeList(entry.outcomes(), out, LedgerCodec::writeOutcome);
        writeList(entry.staged(), out, LedgerCodec::writeStaged);
        writeSchemas(entry.schemas(), out);
        writeList(entry.ages(), out, LedgerCodec::writeAges);
    }

    static LedgerEntry readEntry(DataInput in) throws IOException {
        return new LedgerEntry(
                readText(in),
                in.readInt(),
                readList(in, LedgerCodec::readProgress),
                readList(in, LedgerCodec::readOutcome),
                readList(in, LedgerCodec::readStaged),
                readSchemas(in),
                readList(in, LedgerCodec::readAges));
    }

    static void writeSplit(Split split, DataOutput out) throws IOException {
        writeText(split.source(), out);
        writeText(split.stream(), out);
        out.writeInt(split.partition());
        writeText(split.incarnation(), out);
    }

    static Split readSplit(DataInput in) throws IOException {
        return new Split(readText(in), readText(in), in.readInt(), readText(in));
    }

    private static void writeProgress(SplitProgress progress, DataOutput out) throws IOException {
        writeSplit(progress.split(), out);
        out.writeLong(progress.from());
        out.writeLong(progress.to());
        out.writeLong(progress.read());
        LastRecord last = progress.last();
        out.writeBoolean(last != null);
        if (last != null) {
            out.writeLong(last.behind());
            out.writeInt(last.term());
        }
    }

    private static SplitProgress readProgress(DataInput in) throws IOException {
        return new SplitProgress(
                readSplit(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean() ? new LastRecord(in.readLong(), in.readInt()) : null);
    }

    private static SplitProgress readProgressAlone(DataInput in) throws IOException {
        return new SplitProgress(readSplit(in), in.readLong(), in.readLong(), in.readLong());
    }

    private static void writeOutcome(OutcomeCount count, DataOutput out) throws IOException {
        writeSplit(count.split(), out);
        writeText(count.outcome().name(), out);
        writeText(count.table(), out);
        writeText(count.reason(), out);
        out.writeLong(count.records());
    }

    private static OutcomeCount readOutcome(DataInput in) throws IOException {
        return new OutcomeCount(readSplit(in), outcome(readText(in)), readText(in), readText(in), in.readLong());
    }

    private static Outcome outcome(String name) throws IOException {
        return Outcome.of(name)
                .orElseThrow(() -> new IOException("the state counts records as `" + name
                        + "`, which this Firn does not know; start it with the Firn that wrote it"));
    }

    private static void writeStaged(StagedFiles files, DataOutput out) throws IOException {
        writeText(files.table().full(), out);
        writeText(files.incarnation(), out);
        writeBytes(files.pointer(), out);
        out.writeInt(files.files());
        out.writeLong(files.records());
        out.writeLong(files.bytes());
    }

    private static StagedFiles readStaged(DataInput in) throws IOException {
        return new StagedFiles(
                new TableName(readText(in)), readText(in), readBytes(in), in.readInt(), in.readLong(), in.readLong());
    }

    private static void writeAges(RecordAges ages, DataOutput out) throws IOException {
        writeText(ages.table().full(), out);
        out.writeLong(ages.reference());
        writeLongs(ages.ages(), out);
        writeLongs(ages.counts(), out);
    }

    private static RecordAges readAges(DataInput in) throws IOException {
        return new RecordAges(new TableName(readText(in)), in.readLong(), readLongs(in), readLongs(in));
    }

    private static void writeLongs(long[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] readLongs(DataInput in) throws IOException {
        long[] values = new long[in.readInt()];
        for (int index = 0; index < values.length; index++) {
            values[index] = in.readLong();
        }
        return values;
    }

    static void writeSchemas(LedgerSchemas schemas, DataOutput out) throws IOException {
        writeList(schemas.used(), out, LedgerCodec::writeUsed);
        writeList(schemas.planned(), out, LedgerCodec::writePlanned);
    }

    static LedgerSchemas readSchemas(DataInput in) throws IOException {
        return new LedgerSchemas(readList(in, LedgerCodec::readUsed), readList(in, LedgerCodec::readPlanned));
    }

    private static void writeUsed(UsedSchema schema, DataOutput out) throws IOException {
        writeText(schema.origin(), out);
        out.writeInt(schema.id());
        writeText(schema.definition(), out);
    }

    private static UsedSchema readUsed(DataInput in) throws IOException {
        return new UsedSchema(readText(in), in.readInt(), readText(in));
    }

    private static void writePlanned(PlannedSchema schema, DataOutput out) throws IOException {
        writeText(schema.origin(), out);
        writeText(schema.source(), out);
        writeText(schema.stream(), out);
        out.writeLong(schema.run());
        writeText(schema.value(), out);
        writeText(schema.key(), out);
    }

    private static PlannedSchema readPlanned(DataInput in) throws IOException {
        return new PlannedSchema(readText(in), readText(in), readText(in), in.readLong(), readText(in), readText(in));
    }

    static void writeText(String text, DataOutput out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    @FunctionalInterface
    private interface Writer<T> {
        void write(T value, DataOutput out) throws IOException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    private static <T> void writeList(List<T> values, DataOutput out, Writer<T> writer) throws IOException {
        out.writeInt(values.size());
        for (T value : values) {
            writer.write(value, out);
        }
    }

    private static <T> List<T> readList(DataInput in, Reader<T> reader) throws IOException {
        int size = in.readInt();
        List<T> values = new ArrayList<>(Math.min(size, 1024));
        for (int index = 0; index < size; index++) {
            values.add(reader.read(in));
        }
        return values;
    }
}
