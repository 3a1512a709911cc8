package dev.firn.flink.wire;

import dev.firn.spi.record.Header;
import dev.firn.spi.record.RawRecord;
import dev.firn.spi.record.SourceEvent;
import dev.firn.spi.record.SourceEvent.PositionReached;
import dev.firn.spi.record.SourceEvent.PositionsLost;
import dev.firn.spi.record.SourceEvent.SplitOpened;
import dev.firn.spi.record.SourceEvent.TermBegan;
import dev.firn.spi.record.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Source events as bytes; where everything is chained, as with one source, none is ever written. */
final class SourceEventSerializer extends ImmutableSerializer<SourceEvent> {

    private static final long serialVersionUID = 1L;

    static final SourceEventSerializer INSTANCE = new SourceEventSerializer();

    private static final int RECORD = 0;
    private static final int OPENED = 1;
    private static final int REACHED = 2;
    private static final int LOST = 3;
    private static final int TERM = 4;
    private static final int ABSENT = -1;

    @Override
    public void serialize(SourceEvent event, DataOutputView out) throws IOException {
        if (event instanceof RawRecord record) {
            out.writeByte(RECORD);
            LedgerCodec.writeSplit(record.split(), out);
            out.writeLong(record.position());
            out.writeLong(record.timestamp());
            writeNullable(record.key(), out);
            writeNullable(record.value(), out);
            out.writeInt(record.headers().size());
            for (Header header : record.headers()) {
                LedgerCodec.writeText(header.key(), out);
                writeNullable(header.value(), out);
            }
        } else if (event instanceof SplitOpened opened) {
            out.writeByte(OPENED);
            LedgerCodec.writeSplit(opened.split(), out);
            out.writeLong(opened.position());
        } else if (event instanceof PositionReached reached) {
            out.writeByte(REACHED);
            LedgerCodec.writeSplit(reached.split(), out);
            out.writeLong(reached.position());
        } else if (event instanceof PositionsLost lost) {
            out.writeByte(LOST);
            LedgerCodec.writeSplit(lost.split(), out);
            out.writeLong(lost.from());
            out.writeLong(lost.to());
        } else if (event instanceof TermBegan began) {
            out.writeByte(TERM);
            LedgerCodec.writeSplit(began.split(), out);
            out.writeLong(began.term());
        }
    }

    @Override
    public SourceEvent deserialize(DataInputView in) throws IOException {
        int kind = in.readByte();
        Split split = LedgerCodec.readSplit(in);
        long position = in.readLong();
        return switch (kind) {
            case OPENED -> new SplitOpened(split, position);
            case REACHED -> new PositionReached(split, position);
            case TERM -> new TermBegan(split, (int) position);
            case LOST -> new PositionsLost(split, position, in.readLong());
            case RECORD -> new RawRecord(
                    split, position, in.readLong(), readNullable(in), readNullable(in), readHeaders(in));
            default -> throw new IOException("our bug: a source event of unknown kind " + kind);
        };
    }

    private static List<Header> readHeaders(DataInputView in) throws IOException {
        int size = in.readInt();
        List<Header> headers = new ArrayList<>(Math.min(size, 64));
        for (int index = 0; index < size; index++) {
            headers.add(new Header(LedgerCodec.readText(in), readNullable(in)));
        }
        return headers;
    }

    private static void writeNullable(byte @Nullable [] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            out.writeInt(ABSENT);
        } else {
            LedgerCodec.writeBytes(bytes, out);
        }
    }

    private static byte @Nullable [] readNullable(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length == ABSENT) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    @Override
    public TypeSerializerSnapshot<SourceEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by Flink through its public constructor. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SourceEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
