package dev.firn.schema.infer;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file with data, plain or compressed with gzip, whatever it is called.
 *
 * @param order among the files that are read
 */
record DataFile(int order, Path path) {

    private static final int BUFFER = 1 << 16;
    private static final int PEEKED = 512;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

    String name() {
        return path.toString();
    }

    Witness witness(long line) {
        return new Witness(order, name(), line);
    }

    /** By the name's ending, else by how the file begins. */
    Optional<DataFormat> format() throws NotInferable {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
        Optional<DataFormat> named = DataFormat.of(plain);
        return named.isPresent() ? named : ofContent();
    }

    private Optional<DataFormat> ofContent() throws NotInferable {
        try (InputStream bytes = open()) {
            byte[] start = bytes.readNBytes(PEEKED);
            if (startsWith(start, PARQUET)) {
                return Optional.of(DataFormat.PARQUET);
            }
            for (byte next : start) {
                if (next > ' ') {
                    return next == '{' || next == '[' ? Optional.of(DataFormat.JSON) : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Without a byte order mark. */
    InputStream open() throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            file.mark(2);
            boolean isCompressed = file.read() == 0x1f && file.read() == 0x8b;
            file.reset();
            BufferedInputStream bytes =
                    new BufferedInputStream(isCompressed ? new GZIPInputStream(file, BUFFER) : file, BUFFER);
            bytes.mark(BYTE_ORDER_MARK.length);
            if (!startsWith(bytes.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
                bytes.reset();
            }
            return bytes;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The same as characters; what is no text is an error as it passes. */
    Reader text() throws IOException {
        return new InputStreamReader(new TextInput(open()), StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    NotInferable broken(long line, String what) {
        return new NotInferable(name() + ":" + line + ": " + what);
    }

    NotInferable unreadable(IOException e) {
        if (e instanceof TextInput.NotText) {
            return new NotInferable("`" + name() + "`: " + e.getMessage());
        }
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return new NotInferable("there is no file `" + name() + "`");
        }
        if (Files.isDirectory(path)) {
            return new NotInferable("`" + name() + "` is a folder, and data are in a file");
        }
        if (e instanceof AccessDeniedException) {
            return new NotInferable("`" + name() + "` may not be read");
        }
        if (e instanceof EOFException || e instanceof ZipException) {
            return new NotInferable("`" + name() + "` is compressed, and cut off or damaged");
        }
        String why = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
        return new NotInferable("`" + name() + "` can't be read: " + why);
    }
}
