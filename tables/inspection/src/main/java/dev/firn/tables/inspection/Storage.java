package dev.firn.tables.inspection;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** Tells a file that is damaged from a storage that fails: who reads a table whose storage is away must not call it broken. */
final class Storage {

    private Storage() {}

    /** Reads a file as what it is said to be. */
    @FunctionalInterface
    interface Parse<T> {
        T of(InputFile file) throws IOException;
    }

    /** All of a file can be read and makes no sense, or its storage itself says that it is not what was written; or it is not there. */
    static final class Damaged extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean missing;

        private Damaged(boolean missing, Throwable cause) {
            super(cause);
            this.missing = missing;
        }

        boolean isMissing() {
            return missing;
        }
    }

    /** Empty where the file is not there; other failures are the storage's, and are thrown. */
    static OptionalLong length(InputFile file) {
        try {
            return OptionalLong.of(file.getLength());
        } catch (RuntimeException e) {
            if (!file.exists()) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** @throws RuntimeException if the storage fails */
    static <T> T read(InputFile file, Parse<T> parse) throws Damaged {
        try {
            return parse.of(file);
        } catch (IOException | RuntimeException first) {
            if (!file.exists()) {
                throw new Damaged(true, first);
            }
            readThrough(file);
        }
        try {
            return parse.of(file);
        } catch (IOException | RuntimeException again) {
            throw new Damaged(false, again);
        }
    }

    private static void readThrough(InputFile file) throws Damaged {
        try (SeekableInputStream stream = file.newStream()) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (ChecksumException e) {
            throw new Damaged(false, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
