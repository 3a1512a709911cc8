package dev.firn.flink.testing;

import dev.firn.spi.format.FormatReader;
import dev.firn.spi.format.LeftOut;
import dev.firn.spi.format.NoRow;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.Repeated;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.Split;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.QuarantinedRecord;
import dev.firn.spi.sink.QuarantinedRow;
import dev.firn.spi.sink.TableWriters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes records as text; refuses those that end with {@code bad}, leaves out those that end with {@code filtered} or {@code dropped}, loses those that end with {@code lost}. */
final class FakeWriters implements TableWriters {

    private final FakeLake lake;
    private final Map<TableName, List<String>> rows = new TreeMap<>();
    private final Set<TableName> completed = new HashSet<>();
    private final Map<FormatReader, Map<Integer, RowDecoder>> decoders = new HashMap<>();

    FakeWriters(FakeLake lake) {
        this.lake = lake;
        lake.opened();
    }

    @Override
    public List<Optional<NoRow>> write(TableName table, FormatReader format, int schemaId, List<RawRecord> batch) {
        if (completed.contains(table)) {
            throw new IllegalStateException("our bug: more came for " + table + ", which was said to be complete");
        }
        return lake.faults().call("write", () -> batch.stream()
                .map(record -> {
                    Optional<NoRow> judged = judged(format, schemaId, record);
                    return judged.isPresent() ? judged : write(table, schemaId, record);
                })
                .toList());
    }

    /** What the file says of rows is asked where it says anything, as by writers that make rows. */
    private Optional<NoRow> judged(FormatReader format, int schemaId, RawRecord record) {
        if (format instanceof FakeFormat.Reader) {
            return Optional.empty();
        }
        try {
            RowDecoder decoder =
                    decoders.computeIfAbsent(format, first -> new HashMap<>()).get(schemaId);
            if (decoder == null) {
                decoder = format.decoder(schemaId, FakeFormat.TIMES, type -> values -> values);
                decoders.get(format).put(schemaId, decoder);
            }
            return decoder.decode(record) instanceof LeftOut leftOut ? Optional.of(leftOut) : Optional.empty();
        } catch (Rejected rejected) {
            return Optional.of(rejected);
        }
    }

    private Optional<NoRow> write(TableName table, int schemaId, RawRecord record) {
        String text = text(record.value());
        if (text.endsWith("lost")) {
            return Optional.empty();
        }
        if (text.endsWith("bad")) {
            return Optional.of(new Rejected(RejectCode.INVALID_VALUE, "`" + text + "` is bad"));
        }
        if (text.endsWith("filtered")) {
            return Optional.of(LeftOut.FILTERED);
        }
        if (text.endsWith("dropped")) {
            return Optional.of(LeftOut.by("positive-amount"));
        }
        if (text.endsWith("again")) {
            return Optional.of(Repeated.ROW);
        }
        if (lake.refuses(table, text)) {
            return Optional.of(new Rejected(RejectCode.SCHEMA_NOT_IN_TABLE, "`" + text + "` is not for " + table));
        }
        add(table, record.split() + "@" + record.position() + " schema " + schemaId + " " + text);
        return Optional.empty();
    }

    @Override
    public void learn(TableName table) {
        lake.learnt(table);
    }

    @Override
    public List<Optional<NoRow>> delete(TableName table, FormatReader keys, List<RawRecord> batch) {
        return batch.stream()
                .map(record -> {
                    if (text(record.key()).endsWith("bad")) {
                        return Optional.<NoRow>of(new Rejected(RejectCode.INVALID_VALUE, "the key is bad"));
                    }
                    lake.deleted(table, record.split() + "@" + record.position() + " " + text(record.key()));
                    return Optional.<NoRow>empty();
                })
                .toList();
    }

    /** The last letter of a key is that of the value that it deletes. */
    @Override
    public int deletedKey(TableName table, FormatReader keys, RawRecord record) throws Rejected {
        String text = text(record.key());
        if (text.endsWith("bad")) {
            throw new Rejected(RejectCode.INVALID_VALUE, "the key is bad");
        }
        return text.charAt(text.length() - 1);
    }

    @Override
    public boolean gathersPartitions(TableName table) {
        return lake.gathersPartitions(table);
    }

    /** The last letter is a record's partition. */
    @Override
    public int partition(TableName table, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        String text = text(record.value());
        if (text.endsWith("bad")) {
            throw new Rejected(RejectCode.INVALID_VALUE, "`" + text + "` is bad");
        }
        return text.charAt(text.length() - 1);
    }

    @Override
    public boolean isKeyed(TableName table) {
        return lake.isKeyed(table);
    }

    @Override
    public int key(TableName table, FormatReader format, int schemaId, RawRecord record) throws Rejected {
        return partition(table, format, schemaId, record);
    }

    @Override
    public Map<TableName, Map<Split, Long>> drainSuperseded() {
        return Map.of();
    }

    @Override
    public long bytesThatMayWait() {
        return 1 << 20;
    }

    @Override
    public void complete(TableName table) {
        completed.add(table);
    }

    @Override
    public void quarantine(List<QuarantinedRecord> records) {
        for (QuarantinedRecord refused : records) {
            RawRecord record = refused.record();
            add(
                    FakeLake.QUARANTINE,
                    record.split() + "@" + record.position() + " "
                            + refused.table().orElse("-") + " " + refused.code().word() + " " + refused.message());
        }
    }

    @Override
    public void replayed(List<QuarantinedRow> replayed) {
        throw new UnsupportedOperationException();
    }

    private void add(TableName table, String row) {
        rows.computeIfAbsent(table, key -> new ArrayList<>()).add(row);
    }

    @Override
    public List<StagedFiles> stage() {
        return lake.faults().call("stage", () -> {
            List<StagedFiles> staged = new ArrayList<>();
            rows.forEach((table, written) -> staged.add(lake.stage(table, written)));
            rows.clear();
            completed.clear();
            return staged;
        });
    }

    @Override
    public void close() {
        lake.faults().run("close writers", lake::closed);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
