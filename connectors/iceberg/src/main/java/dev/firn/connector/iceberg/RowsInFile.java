package dev.firn.connector.iceberg;

import dev.firn.spi.source.OutsideException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.ParquetUtil;

/** Asks a file itself how many rows it holds: the footer of a Parquet file, the heads of the blocks of an Avro file. */
final class RowsInFile {

    private static final Set<Class<?>> NETWORK =
            Set.of(SocketException.class, SocketTimeoutException.class, UnknownHostException.class);

    private final FileIO io;
    private final Outside outside;

    RowsInFile(FileIO io, Outside outside) {
        this.io = io;
        this.outside = outside;
    }

    /** A file is not what the metadata says of it; the message is a sentence without a beginning. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message);
        }
    }

    /** The rows of a data file, which are as many as the metadata says. */
    long count(ContentFile<?> file) throws Fault {
        InputFile found = found(file);
        long rows;
        try {
            rows = rows(found, file.format());
        } catch (RuntimeException failure) {
            throw unreadable(file, failure);
        }
        if (rows != file.recordCount()) {
            throw new Fault(
                    "`" + file.path() + "` holds " + rows + " rows, and the metadata says " + file.recordCount());
        }
        return rows;
    }

    /** Looks for a file, and no further. */
    InputFile found(ContentFile<?> file) throws Fault {
        InputFile input = io.newInputFile(file.path().toString());
        long length;
        try {
            // Not every storage says of what is gone that it is gone when it is asked for its length.
            if (!input.exists()) {
                throw gone(file);
            }
            length = input.getLength();
        } catch (NotFoundException meanwhile) {
            throw gone(file);
        } catch (RuntimeException failure) {
            throw outside.failed("look for `" + file.path() + "`", failure);
        }
        if (length != file.fileSizeInBytes()) {
            throw new Fault(
                    "`" + file.path() + "` has " + length + " bytes, and the metadata says " + file.fileSizeInBytes());
        }
        return input;
    }

    private static long rows(InputFile input, FileFormat format) throws Fault {
        return switch (format) {
            case PARQUET -> ParquetUtil.fileMetrics(input, MetricsConfig.getDefault())
                    .recordCount();
            case AVRO -> Avro.rowCount(input);
            case ORC, METADATA -> throw new Fault(
                    "`" + input.location() + "` is of a format that Firn can't count: " + format);
        };
    }

    private static Fault gone(ContentFile<?> file) {
        return new Fault("`" + file.path() + "` is gone");
    }

    private Fault unreadable(ContentFile<?> file, RuntimeException failure) {
        OutsideException told = outside.failed("read `" + file.path() + "`", failure);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (NETWORK.contains(cause.getClass())) {
                throw told;
            }
        }
        return new Fault("`" + file.path() + "` can't be read: " + outside.words(failure));
    }
}
