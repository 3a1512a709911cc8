package dev.firn.connector.iceberg;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What staged files are kept as: the pointer to their manifest, and before it, where there are any, what goes before their rows, and the
 * bindings that these were written by and that the table did not have yet.
 *
 * @param manifest as {@link StagedManifest} has it
 * @param bindings texts by their properties, as in {@link TableBindings}
 * @param deletes of older rows, which take no effect on these; null where a record is a row and nothing more
 */
record StagedPointer(byte[] manifest, SortedMap<String, String> bindings, @Nullable Deletes deletes) {

    /** Pointers to manifests begin with another byte. */
    private static final byte WITH_BINDINGS = 2;

    private static final byte WITH_DELETES = 3;

    /**
     * Deletes of older rows.
     *
     * @param writer a number of whoever has staged them, which no other has
     * @param round greater than that of all that the same writer has staged for the table before: its rows replace those
     * @param manifest of delete files, as {@link StagedManifest} has it
     */
    record Deletes(long writer, long round, byte[] manifest) {}

    StagedPointer(byte[] manifest, SortedMap<String, String> bindings) {
        this(manifest, bindings, null);
    }

    StagedPointer {
        bindings = Collections.unmodifiableSortedMap(new TreeMap<>(bindings));
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        if (deletes != null) {
            out.writeByte(WITH_DELETES);
            out.writeLong(deletes.writer());
            out.writeLong(deletes.round());
            out.writeInt(deletes.manifest().length);
            out.write(deletes.manifest());
        }
        writeRows(out);
        return bytes.toByteArray();
    }

    private void writeRows(DataOutputStream out) throws IOException {
        if (bindings.isEmpty()) {
            out.write(manifest);
            return;
        }
        out.writeByte(WITH_BINDINGS);
        out.writeInt(bindings.size());
        for (var binding : bindings.entrySet()) {
            write(binding.getKey(), out);
            write(binding.getValue(), out);
        }
        out.write(manifest);
    }

    static StagedPointer decode(byte[] pointer) throws IOException {
        if (pointer[0] != WITH_DELETES) {
            return decodeRows(pointer);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(pointer, 1, pointer.length - 1));
        long writer = in.readLong();
        long round = in.readLong();
        byte[] deletes = new byte[in.readInt()];
        in.readFully(deletes);
        StagedPointer rows = decodeRows(in.readAllBytes());
        return new StagedPointer(rows.manifest(), rows.bindings(), new Deletes(writer, round, deletes));
    }

    private static StagedPointer decodeRows(byte[] pointer) throws IOException {
        if (pointer[0] != WITH_BINDINGS) {
            return new StagedPointer(pointer, Collections.emptySortedMap());
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(pointer, 1, pointer.length - 1));
        int count = in.readInt();
        SortedMap<String, String> bindings = new TreeMap<>();
        for (int binding = 0; binding < count; binding++) {
            String property = read(in);
            bindings.put(property, read(in));
        }
        return new StagedPointer(in.readAllBytes(), bindings);
    }

    /** A binding of thousands of columns may be longer than {@link DataOutputStream#writeUTF} can write. */
    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
