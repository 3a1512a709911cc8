package dev.firn.connector.cdc.postgres.flink;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Whether a reader has the log. */
final class AssignedSerializer implements SimpleVersionedSerializer<Boolean> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Boolean assigned) {
        return new byte[] {(byte) (assigned ? 1 : 0)};
    }

    @Override
    public Boolean deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "the state of a database's source of version " + version + " was written by a newer Firn");
        }
        return serialized[0] != 0;
    }
}
