package dev.firn.connector.iceberg;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** Files on local disk; counts what is written and how many are opened, by the kind of file. */
public final class CountedFiles implements DelegateFileIO {

    static final Map<String, AtomicLong> WRITTEN = new ConcurrentHashMap<>();
    static final Map<String, AtomicLong> READS = new ConcurrentHashMap<>();

    private final HadoopFileIO real = new HadoopFileIO(new Configuration());

    static Map<String, Long> written() {
        Map<String, Long> now = new TreeMap<>();
        WRITTEN.forEach((kind, bytes) -> now.put(kind, bytes.get()));
        return now;
    }

    private static String kind(String path) {
        if (path.endsWith(".metadata.json")) {
            return "metadata.json";
        }
        return path.contains("/snap-") ? "manifest lists" : path.endsWith(".avro") ? "manifests" : "rows";
    }

    @Override
    public InputFile newInputFile(String path) {
        READS.computeIfAbsent(kind(path), missing -> new AtomicLong()).incrementAndGet();
        return real.newInputFile(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new Counted(real.newOutputFile(path), WRITTEN.computeIfAbsent(kind(path), missing -> new AtomicLong()));
    }

    @Override
    public void deleteFile(String path) {
        real.deleteFile(path);
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        return real.listPrefix(prefix);
    }

    @Override
    public void deletePrefix(String prefix) {
        real.deletePrefix(prefix);
    }

    @Override
    public void deleteFiles(Iterable<String> paths) {
        real.deleteFiles(paths);
    }

    private record Counted(OutputFile real, AtomicLong bytes) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            return counted(real.create());
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return counted(real.createOrOverwrite());
        }

        private PositionOutputStream counted(PositionOutputStream stream) {
            return new PositionOutputStream() {
                @Override
                public long getPos() throws IOException {
                    return stream.getPos();
                }

                @Override
                public void write(int one) throws IOException {
                    bytes.incrementAndGet();
                    stream.write(one);
                }

                @Override
                public void write(byte[] some, int from, int length) throws IOException {
                    bytes.addAndGet(length);
                    stream.write(some, from, length);
                }

                @Override
                public void flush() throws IOException {
                    stream.flush();
                }

                @Override
                public void close() throws IOException {
                    stream.close();
                }
            };
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
}
