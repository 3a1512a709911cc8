package dev.firn.flink.wire;

import dev.firn.spi.ledger.LedgerEntry;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Ledger entries as bytes: one an operator instance and barrier, always over the network. */
final class LedgerEntrySerializer extends ImmutableSerializer<LedgerEntry> {

    private static final long serialVersionUID = 1L;

    static final LedgerEntrySerializer INSTANCE = new LedgerEntrySerializer();

    @Override
    public void serialize(LedgerEntry entry, DataOutputView out) throws IOException {
        LedgerCodec.write(entry, out);
    }

    @Override
    public LedgerEntry deserialize(DataInputView in) throws IOException {
        return LedgerCodec.readEntry(in);
    }

    @Override
    public TypeSerializerSnapshot<LedgerEntry> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by Flink through its public constructor. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LedgerEntry> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
