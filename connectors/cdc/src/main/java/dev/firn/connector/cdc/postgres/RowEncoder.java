package dev.firn.connector.cdc.postgres;

import dev.firn.connector.cdc.postgres.TextCodec.Fitting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a table's rows and changes. A value that was not sent, or that its column can't hold, is null in the row, and the envelope
 * says so: whoever reads it refuses the record where anybody wants the column. Not thread-safe.
 */
public final class RowEncoder {

    private static final String UNSENT = "has not changed and was not sent, and what it is nobody knows here";

    private final TableShape shape;
    private final List<TextCodec<?>> codecs;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);

    private record Flaw(String column, String kind, String reason, byte @Nullable [] text) {}

    RowEncoder(TableShape shape) {
        this.shape = shape;
        this.codecs = shape.columns().stream()
                .<TextCodec<?>>map(column -> TypeCodecs.of(column.type(), column.modifier()))
                .toList();
    }

    /** A row as it was read. */
    public Change snapshot(Tuple row, Change.Origin origin) {
        return with('r', row, origin);
    }

    public Change insert(Tuple row, Change.Origin origin) {
        return with('c', row, origin);
    }

    /**
     * A row that is another now: one change, or where its key is another as well, the delete of the one and the insert of the other.
     *
     * @param before as the log has it
     */
    public List<Change> update(Optional<Tuple> before, Tuple row, Change.Origin origin) {
        if (before.isEmpty()) {
            return List.of(with('u', row, origin));
        }
        Tuple whole = row.filledFrom(before.get());
        return before.get().texts(shape.key()).equals(whole.texts(shape.key()))
                ? List.of(with('u', whole, origin))
                : List.of(delete(before.get(), origin), with('c', whole, origin));
    }

    /** @param before the whole row, or its key with nulls for the rest */
    public Change delete(Tuple before, Change.Origin origin) {
        List<Flaw> flaws = new ArrayList<>();
        byte[] key = key(before, flaws);
        return new Change('d', key, envelope('d', null, List.of(), origin, flaws), !flaws.isEmpty());
    }

    public Change truncate(Change.Origin origin) {
        return new Change('t', null, envelope('t', null, List.of(), origin, List.of()), false);
    }

    private Change with(char op, Tuple row, Change.Origin origin) {
        if (row.size() != codecs.size()) {
            throw new IllegalStateException("our bug: a row of table `" + shape.name() + "` has " + row.size()
                    + " texts, and its shape " + codecs.size() + " columns");
        }
        byte[] key = key(row, new ArrayList<>());
        List<Flaw> flaws = new ArrayList<>();
        List<@Nullable Fitting<?>> values = new ArrayList<>();
        for (int column = 0; column < codecs.size(); column++) {
            values.add(value(row, column, flaws));
        }
        return new Change(op, key, envelope(op, row, values, origin, flaws), !flaws.isEmpty());
    }

    private @Nullable Fitting<?> value(Tuple row, int column, List<Flaw> flaws) {
        String field = shape.columns().get(column).field();
        if (row.isUnsent(column)) {
            flaws.add(new Flaw(field, Envelopes.UNSENT, UNSENT, null));
            return null;
        }
        byte[] text = row.bytes(column);
        if (text == null) {
            return null;
        }
        try {
            return codecs.get(column).fitting(text);
        } catch (Unfit unfit) {
            flaws.add(new Flaw(field, Envelopes.UNFIT, unfit.reason(), text));
            return null;
        }
    }

    private byte[] key(Tuple row, List<Flaw> flaws) {
        return framed(shape.keySchema(), () -> {
            for (int column : shape.key()) {
                writeKey(column, value(row, column, flaws));
            }
        });
    }

    /** A key is never null; what is none here has a flaw that says so, and something stands in for it. */
    private void writeKey(int column, @Nullable Fitting<?> value) throws IOException {
        (value == null ? codecs.get(column).insteadOfUnfit() : value).write(out);
    }

    private byte[] envelope(
            char op, @Nullable Tuple row, List<@Nullable Fitting<?>> values, Change.Origin origin, List<Flaw> flaws) {
        return framed(shape.valueSchema(), () -> {
            write(flaws);
            out.writeIndex(0);
            out.writeIndex(row == null ? 0 : 1);
            for (int column = 0; column < values.size(); column++) {
                Fitting<?> value = values.get(column);
                if (shape.key().contains(column)) {
                    writeKey(column, value);
                } else {
                    writeOptional(value);
                }
            }
            write(origin);
            out.writeString(String.valueOf(op));
        });
    }

    private void writeOptional(@Nullable Fitting<?> value) throws IOException {
        out.writeIndex(value == null ? 0 : 1);
        if (value != null) {
            value.write(out);
        }
    }

    private void write(Change.Origin origin) throws IOException {
        out.writeLong(origin.lsn().value());
        Optional<Change.Transaction> transaction = origin.transaction();
        out.writeIndex(transaction.isEmpty() ? 0 : 1);
        if (transaction.isPresent()) {
            out.writeLong(Integer.toUnsignedLong(transaction.get().xid()));
        }
        out.writeIndex(transaction.isEmpty() ? 0 : 1);
        if (transaction.isPresent()) {
            out.writeLong(
                    ChronoUnit.MICROS.between(Instant.EPOCH, transaction.get().committed()));
        }
    }

    private void write(List<Flaw> flaws) throws IOException {
        out.writeArrayStart();
        out.setItemCount(flaws.size());
        for (Flaw flaw : flaws) {
            out.startItem();
            out.writeString(flaw.column());
            out.writeString(flaw.kind());
            out.writeString(flaw.reason());
            out.writeIndex(flaw.text() == null ? 0 : 1);
            if (flaw.text() != null) {
                out.writeBytes(flaw.text());
            }
        }
        out.writeArrayEnd();
    }

    @FunctionalInterface
    private interface Content {
        void write() throws IOException;
    }

    private byte[] framed(FramedSchema schema, Content content) {
        bytes.reset();
        bytes.writeBytes(ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) 0)
                .putInt(schema.id())
                .array());
        try {
            content.write();
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: nothing is written but memory", e);
        }
        return bytes.toByteArray();
    }
}
