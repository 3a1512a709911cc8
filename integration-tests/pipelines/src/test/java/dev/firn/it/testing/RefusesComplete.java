package dev.firn.it.testing;

import java.io.IOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** Takes all bytes of a file and refuses it in the end, as an object store does that only hears of complete files. */
record RefusesComplete(FileIO real) implements FileIO {

    @Override
    public InputFile newInputFile(String path) {
        return real.newInputFile(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new File(real.newOutputFile(path));
    }

    @Override
    public void deleteFile(String path) {
        real.deleteFile(path);
    }

    private record File(OutputFile real) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            return new Stream(real.create(), real.location());
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return new Stream(real.createOrOverwrite(), real.location());
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

        @Override
        public long getPos() throws IOException {
            return real.getPos();
        }

        @Override
        public void write(int oneByte) throws IOException {
            real.write(oneByte);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            real.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            real.close();
            throw new IOException("403 for " + location);
        }
    }
}
