package dev.firn.connector.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * Files in a folder, some of whose places may be read and not written to, are full, or keep what they have. A test is often run
 * by root, whom permissions do not stop.
 */
public final class RefusingFileIO extends HadoopFileIO {

    private static final long serialVersionUID = 1L;

    private static final Set<String> READ_ONLY = ConcurrentHashMap.newKeySet();
    private static final Map<String, Long> FULL = new ConcurrentHashMap<>();
    private static final Set<String> KEPT = ConcurrentHashMap.newKeySet();

    /** @param part of the paths that may only be read */
    static void refuse(String part) {
        READ_ONLY.add(part);
    }

    /** @param bytes that a file may have at such a place before it fails */
    static void fill(String part, long bytes) {
        FULL.put(part, bytes);
    }

    /** @param part of the paths that can't be deleted */
    static void keep(String part) {
        KEPT.add(part);
    }

    static void allow(String part) {
        READ_ONLY.remove(part);
        FULL.remove(part);
        KEPT.remove(part);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        requireWritable(path);
        return new Output(super.newOutputFile(path));
    }

    @Override
    public void deleteFile(String path) {
        if (KEPT.stream().anyMatch(path::contains)) {
            throw new UncheckedIOException(new AccessDeniedException(path));
        }
        super.deleteFile(path);
    }

    private static void requireWritable(String path) {
        if (READ_ONLY.stream().anyMatch(path::contains)) {
            throw new UncheckedIOException(new AccessDeniedException(path));
        }
    }

    private record Output(OutputFile real) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            requireWritable(location());
            return new Stream(real.create(), location());
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            requireWritable(location());
            return new Stream(real.createOrOverwrite(), location());
        }

        @Override
        public String location() {
            return real.location();
        }

        @Override
        public InputFile toInputFile() {
            return real.toInputFile();
        }
    }

    private static final class Stream extends PositionOutputStream {

        private final PositionOutputStream real;
        private final String location;

        Stream(PositionOutputStream real, String location) {
            this.real = real;
            this.location = location;
        }

        private void requireRoom(int bytes) throws IOException {
            for (Map.Entry<String, Long> full : FULL.entrySet()) {
                if (location.contains(full.getKey()) && real.getPos() + bytes > full.getValue()) {
                    throw new IOException("no space left on device");
                }
            }
        }

        @Override
        public long getPos() throws IOException {
            return real.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            requireRoom(1);
            real.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            requireRoom(length);
            real.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            real.flush();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
