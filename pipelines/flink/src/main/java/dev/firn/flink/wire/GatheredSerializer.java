package dev.firn.flink.wire;

import dev.firn.spi.record.RawRecord;
import dev.firn.spi.schema.TableName;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A kind and where it goes, then the record as it was read, or the schema. */
final class GatheredSerializer extends ImmutableSerializer<Gathered> {

    private static final long serialVersionUID = 1L;

    static final GatheredSerializer INSTANCE = new GatheredSerializer();

    private static final int RECORD = 0;
    private static final int SCHEMA = 1;

    @Override
    public void serialize(Gathered gathered, DataOutputView out) throws IOException {
        if (gathered instanceof GatheredRecord record) {
            out.writeByte(RECORD);
            out.writeInt(record.writer());
            out.writeInt(record.schemaId());
            LedgerCodec.writeText(record.table().full(), out);
            SourceEventSerializer.INSTANCE.serialize(record.record(), out);
        } else if (gathered instanceof GatheredSchema schema) {
            out.writeByte(SCHEMA);
            out.writeInt(schema.writer());
            out.writeInt(schema.id());
            LedgerCodec.writeText(schema.source(), out);
            LedgerCodec.writeText(schema.definition(), out);
        }
    }

    @Override
    public Gathered deserialize(DataInputView in) throws IOException {
        int kind = in.readByte();
        int writer = in.readInt();
        int schemaId = in.readInt();
        if (kind == SCHEMA) {
            return new GatheredSchema(LedgerCodec.readText(in), schemaId, LedgerCodec.readText(in), writer);
        }
        TableName table = new TableName(LedgerCodec.readText(in));
        if (kind == RECORD && SourceEventSerializer.INSTANCE.deserialize(in) instanceof RawRecord record) {
            return new GatheredRecord(record, table, schemaId, writer);
        }
        throw new IOException("our bug: what is gathered is neither a record nor a schema");
    }

    @Override
    public TypeSerializerSnapshot<Gathered> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Found by Flink through its public constructor. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Gathered> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
