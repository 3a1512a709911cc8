package dev.firn.flink.wire;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Where a record goes, then the record as it was read. */
final class GatheredRecordSerializer extends ImmutableSerializer<GatheredRecord> {

    private static final long serialVersionUID = 1L;

    static final GatheredRecordSerializer INSTANCE = new GatheredRecordSerializer();

    @Override
    public void serialize(GatheredRecord gathered, DataOutputView out) throws IOException {
        out.writeInt(gathered.writer());
        out.writeInt(gathered.schemaId());
        LedgerCodec.writeText(gathered.table().full(), out);
        SourceEventSerializer.INSTANCE.serialize(gathered.record(), out);
    }

    @Override
    public GatheredRecord deserialize(DataInputView in) throws IOException {
        int writer = in.readInt();
        int schemaId = in.readInt();
        TableName table = new TableName(LedgerCodec.readText(in));
        if (SourceEventSerializer.INSTANCE.deserialize(in) instanceof RawRecord record) {
            return new GatheredRecord(record, table, schemaId, writer);
        }
        throw new IOException("our bug: what is gathered is not a record");
    }

    @Override
    public TypeSerializerSnapshot<GatheredRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by Flink through its public constructor. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<GatheredRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
