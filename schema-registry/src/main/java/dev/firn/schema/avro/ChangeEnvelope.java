package dev.firn.schema.avro;

import dev.firn.schema.registry.Frame;
import dev.firn.spi.format.RejectCode;
import dev.firn.spi.format.Rejected;
import dev.firn.spi.format.RowDecoder;
import dev.firn.spi.record.RawRecord;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The envelope in which Debezium sends a change of a row, of one writer's schema:
 *
 * <pre>
 *   before          after           source, ...  op  ts_ms, transaction, ...
 *   gone past       the row, or     gone past        gone past
 *                   null: then `op` says why
 * </pre>
 *
 * <p>An envelope of Firn's own has {@link ChangeFlaws} in front.
 *
 * <p>Which row a delete is about is in the record's key. What is in {@code before} is not asked: a Postgres sends there no more than its
 * table's replica identity, and zeros and empty texts for the rest.
 */
final class ChangeEnvelope {

    private static final String AFTER = "after";
    private static final String OP = "op";

    /**
     * Of a snapshot, which asks the table itself: all values are there, and none stands for another. An insert does not say as much, for
     * an update of a row's key is sent as a delete and an insert, and has no more values than any update.
     */
    private static final String READ = "r";

    private static final Set<String> OF_ROWS = Set.of("c", "u", READ);

    private final Schema row;
    private final int branches;
    private final int rowIndex;
    private final boolean saysFlaws;
    private final List<ValueReader> ahead;
    private final List<ValueReader> between;
    private final List<ValueReader> behind;

    private ChangeEnvelope(Schema envelope, Schema.Field after, Schema.Field op) {
        List<Schema> types = after.schema().getTypes();
        this.row = Unions.withoutNull(after.schema());
        this.branches = types.size();
        this.rowIndex = types.indexOf(row);
        List<Schema.Field> fields = envelope.getFields();
        this.saysFlaws = ChangeFlaws.field(envelope).isPresent();
        this.ahead = skipping(fields.subList(saysFlaws ? 1 : 0, after.pos()));
        this.between = skipping(fields.subList(after.pos() + 1, op.pos()));
        this.behind = skipping(fields.subList(op.pos() + 1, fields.size()));
    }

    private static List<ValueReader> skipping(List<Schema.Field> fields) {
        return fields.stream()
                .map(field -> SkippingReaders.of(field.name(), field.schema()))
                .toList();
    }

    static ChangeEnvelope of(Schema written) throws NotAnEnvelope {
        if (written.getType() != Schema.Type.RECORD) {
            throw new NotAnEnvelope("it is `" + written.getType().getName() + "`, and no record");
        }
        Schema.Field after = written.getField(AFTER);
        Schema.Field op = written.getField(OP);
        if (after == null || op == null) {
            throw new NotAnEnvelope("it has no field `" + (after == null ? AFTER : OP)
                    + "`; records that are rows by themselves are of `type: avro`");
        }
        if (!after.schema().isUnion()
                || after.schema().getTypes().size() != 2
                || Unions.withoutNull(after.schema()).getType() != Schema.Type.RECORD) {
            throw new NotAnEnvelope("its `" + AFTER + "` is no record that may be null");
        }
        if (op.schema().getType() != Schema.Type.STRING || op.pos() < after.pos()) {
            throw new NotAnEnvelope("its `" + OP + "` is no string behind `" + AFTER + "`");
        }
        return new ChangeEnvelope(written, after, op);
    }

    /** The row's own schema, its types as logical ones. */
    Schema row() {
        return ConnectTypes.typed(row);
    }

    /** @throws Rejected if it changes no row, or is none of the envelope's schema */
    boolean isDelete(RawRecord record) throws Rejected {
        Payload payload = new Payload(Frame.framed(record), Frame.SIZE);
        ChangeFlaws flaws = flaws(payload);
        if (hasRow(payload)) {
            return false;
        }
        skip(between, payload);
        String op = payload.readString(OP);
        switch (op) {
            case "d":
                // Of a delete they are about its key, and what stands there is no row's.
                flaws.requireNone(column -> true);
                return true;
            case "t":
                throw new Rejected(
                        RejectCode.TABLE_TRUNCATED,
                        "the source table was truncated, which deletes all of its rows, and this one's stay");
            default:
                throw withoutRow(op);
        }
    }

    private ChangeFlaws flaws(Payload payload) throws Rejected {
        return saysFlaws ? ChangeFlaws.read(payload) : ChangeFlaws.NONE;
    }

    private boolean hasRow(Payload payload) throws Rejected {
        skip(ahead, payload);
        return UnionReader.readIndex(payload, branches, AFTER) == rowIndex;
    }

    private static void skip(List<ValueReader> fields, Payload payload) throws Rejected {
        for (ValueReader field : fields) {
            field.read(payload);
        }
    }

    private static Rejected withoutRow(String op) {
        return new Rejected(
                RejectCode.INVALID_VALUE, "there is no row `" + AFTER + "` a change whose `op` is `" + op + "`");
    }

    /**
     * Decodes whole rows.
     *
     * @param leftOut fields that are in no column
     */
    RowDecoder rows(ValueReader reader, Set<String> leftOut) {
        UnavailableValues unavailable = new UnavailableValues(row, leftOut);
        return record -> {
            byte[] bytes = Frame.framed(record);
            Payload payload = new Payload(bytes, Frame.SIZE);
            ChangeFlaws flaws = flaws(payload);
            goToRow(payload);
            int start = payload.position();
            Object decoded = AvroDecoder.row(reader, payload);
            int end = payload.position();
            skip(between, payload);
            String op = payload.readString(OP);
            if (!OF_ROWS.contains(op)) {
                throw new Rejected(
                        RejectCode.INVALID_VALUE, "there is a row `" + AFTER + "` a change whose `op` is `" + op + "`");
            }
            skip(behind, payload);
            AvroDecoder.requireEnd(payload);
            flaws.requireNone(column -> !leftOut.contains(column));
            // Who says flaws has no need of a mark, and a text that looks like one is a text.
            if (!saysFlaws && !op.equals(READ)) {
                unavailable.requireNone(bytes, start, end);
            }
            return decoded;
        };
    }

    /**
     * Decodes some columns, and goes no further.
     *
     * @param columns those that it decodes
     */
    RowDecoder some(ValueReader reader, Set<String> columns) {
        return record -> {
            Payload payload = new Payload(Frame.framed(record), Frame.SIZE);
            flaws(payload).requireNone(columns::contains);
            goToRow(payload);
            return AvroDecoder.row(reader, payload);
        };
    }

    private void goToRow(Payload payload) throws Rejected {
        if (!hasRow(payload)) {
            skip(between, payload);
            throw withoutRow(payload.readString(OP));
        }
    }
}
