package dev.firn.connector.iceberg;

import java.io.Closeable;
import java.io.IOException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there before it gets bytes. Iceberg's Parquet writer creates its file only for the first row group, which is
 * often the only one: a place that can't be written to would be found out when the rows are gone from memory.
 */
final class CreatedFile implements OutputFile, Closeable {

    private final OutputFile real;
    private @Nullable PositionOutputStream created;

    CreatedFile(OutputFile real) {
        this.real = real;
        this.created = new Whole(real.createOrOverwrite());
    }

    @Override
    public PositionOutputStream create() {
        PositionOutputStream stream = created;
        if (stream == null) {
            throw new IllegalStateException("our bug: " + location() + " is opened twice");
        }
        created = null;
        return stream;
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return create();
    }

    @Override
    public String location() {
        return real.location();
    }

    @Override
    public InputFile toInputFile() {
        return real.toInputFile();
    }

    /** Lets go of a stream that nobody has taken. */
    @Override
    public void close() throws IOException {
        PositionOutputStream stream = created;
        if (stream != null) {
            created = null;
            stream.close();
        }
    }

    /**
     * Keeps Iceberg's stream whole. Of one that tells what it delegates to, Parquet takes only that; the rest is garbage then,
     * and Iceberg's finalizer closes the file that is being written.
     */
    private static final class Whole extends PositionOutputStream {

        private final PositionOutputStream stream;

        Whole(PositionOutputStream stream) {
            this.stream = stream;
        }

        @Override
        public long getPos() throws IOException {
            return stream.getPos();
        }

        @Override
        public long storedLength() throws IOException {
            return stream.storedLength();
        }

        @Override
        public void write(int oneByte) throws IOException {
            stream.write(oneByte);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            stream.write(bytes, from, length);
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
