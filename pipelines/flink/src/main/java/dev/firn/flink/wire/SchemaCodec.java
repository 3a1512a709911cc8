package dev.firn.flink.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Writes and reads a schema as operator state holds it, behind a version. */
public final class SchemaCodec {

    private static final int VERSION = 1;

    private SchemaCodec() {}

    /**
     * A schema under its id in the registry of its source.
     *
     * @param origin which registry that is
     */
    public record Saved(String origin, int id, String definition) {}

    public static byte[] encode(Saved schema) {
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

    public static Saved decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("the state holds a schema of version " + version + ", this Firn reads version "
                    + VERSION + "; start it with the Firn that wrote it");
        }
        return new Saved(LedgerCodec.readText(in), in.readInt(), LedgerCodec.readText(in));
    }
}
