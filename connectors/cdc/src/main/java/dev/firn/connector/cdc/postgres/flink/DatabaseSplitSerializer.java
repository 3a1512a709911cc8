package dev.firn.connector.cdc.postgres.flink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** A database as it stands in checkpoints. Keys may be longer than {@link DataOutputStream#writeUTF} can say. */
final class DatabaseSplitSerializer implements SimpleVersionedSerializer<DatabaseSplit> {

    private static final int VERSION = 1;
    private static final int NO_KEY = -1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(DatabaseSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, split.incarnation());
            out.writeLong(split.boundary());
            out.writeInt(split.tables().size());
            for (var table : split.tables().entrySet()) {
                text(out, table.getKey());
                place(out, table.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void place(DataOutputStream out, TablePlace place) throws IOException {
        out.writeInt(place.oid());
        key(out, place.key());
        out.writeLong(place.rows());
        key(out, place.lastKey());
        out.writeBoolean(place.isComplete());
        out.writeLong(place.changes());
        out.writeLong(place.changesAtBoundary());
    }

    private static void key(DataOutputStream out, @Nullable List<String> key) throws IOException {
        out.writeInt(key == null ? NO_KEY : key.size());
        if (key != null) {
            for (String value : key) {
                text(out, value);
            }
        }
    }

    @Override
    public DatabaseSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException("a database's place of version " + version + " was written by a newer Firn");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            String incarnation = text(in);
            long boundary = in.readLong();
            int count = in.readInt();
            SortedMap<String, TablePlace> tables = new TreeMap<>();
            for (int table = 0; table < count; table++) {
                tables.put(text(in), place(in));
            }
            return new DatabaseSplit(incarnation, boundary, tables);
        }
    }

    private static TablePlace place(DataInputStream in) throws IOException {
        int oid = in.readInt();
        List<String> key = key(in);
        return new TablePlace(
                oid,
                key == null ? List.of() : key,
                in.readLong(),
                key(in),
                in.readBoolean(),
                in.readLong(),
                in.readLong());
    }

    private static @Nullable List<String> key(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size == NO_KEY) {
            return null;
        }
        List<String> key = new ArrayList<>();
        for (int field = 0; field < size; field++) {
            key.add(text(in));
        }
        return key;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
