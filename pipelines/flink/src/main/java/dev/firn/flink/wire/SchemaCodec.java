package dev.firn.flink.wire;

import dev.firn.spi.ledger.LedgerSchemas;
import dev.firn.spi.ledger.UsedSchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Writes and reads schemas: one as operator state holds it, behind a version, and many as a job's graph does. */
public final class SchemaCodec {

    private static final int VERSION = 1;

    private SchemaCodec() {}

    public static byte[] encode(UsedSchema schema) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(VERSION);
            LedgerCodec.writeText(schema.origin(), out);
            out.writeInt(schema.id());
            LedgerCodec.writeText(schema.definition(), out);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: writing to memory failed", e);
        }
    }

    public static UsedSchema decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("the state holds a schema of version " + version + ", this Firn reads version "
                    + VERSION + "; start it with the Firn that wrote it");
        }
        return new UsedSchema(LedgerCodec.readText(in), in.readInt(), LedgerCodec.readText(in));
    }

    /** As a job's graph holds them: schemas are much alike, so thousands of them take the room of a few hundred. */
    public static byte[] pack(LedgerSchemas schemas) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
                LedgerCodec.writeSchemas(schemas, out);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("our bug: writing to memory failed", e);
        }
    }

    public static LedgerSchemas unpack(byte[] packed) throws IOException {
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(packed))))) {
            return LedgerCodec.readSchemas(in);
        }
    }
}
