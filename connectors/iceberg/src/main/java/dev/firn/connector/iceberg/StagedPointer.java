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

/**
 * What staged files are kept as: the pointer to their manifest, and before it, where there are any, the bindings that their rows were
 * written by and that the table did not have yet.
 *
 * @param manifest as {@link StagedManifest} has it
 * @param bindings texts by their properties, as in {@link TableBindings}
 */
record StagedPointer(byte[] manifest, SortedMap<String, String> bindings) {

    /** Pointers to manifests begin with another byte. */
    private static final byte WITH_BINDINGS = 2;

    StagedPointer {
        bindings = Collections.unmodifiableSortedMap(new TreeMap<>(bindings));
    }

    byte[] encode() throws IOException {
        if (bindings.isEmpty()) {
            return manifest;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(WITH_BINDINGS);
        out.writeInt(bindings.size());
        for (var binding : bindings.entrySet()) {
            write(binding.getKey(), out);
            write(binding.getValue(), out);
        }
        out.write(manifest);
        return bytes.toByteArray();
    }

    static StagedPointer decode(byte[] pointer) throws IOException {
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
