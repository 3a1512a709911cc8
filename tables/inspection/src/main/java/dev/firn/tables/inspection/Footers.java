package dev.firn.tables.inspection;

import java.io.IOException;
import java.util.OptionalLong;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;

/** Asks Parquet and Avro files, by their own readers, how many rows they have. */
final class Footers {

    private Footers() {}

    /**
     * What a Parquet file's footer says, or the headers of an Avro file's blocks; empty for other formats.
     *
     * @throws IOException if the file can't be read as what it is said to be
     */
    static OptionalLong rows(InputFile file, FileFormat format) throws IOException {
        if (format == FileFormat.PARQUET) {
            return OptionalLong.of(parquet(file));
        }
        return format == FileFormat.AVRO ? OptionalLong.of(avro(file)) : OptionalLong.empty();
    }

    private static long parquet(InputFile file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new ParquetInput(file))) {
            return reader.getRecordCount();
        } catch (RuntimeException e) {
            // It has no exception of its own for a file that is none of Parquet's.
            throw new IOException(e.getMessage(), e);
        }
    }

    private static long avro(InputFile file) throws IOException {
        long rows = 0;
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new AvroInput(file), new GenericDatumReader<>())) {
            while (reader.hasNext()) {
                reader.nextBlock();
                rows += reader.getBlockCount();
            }
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
        return rows;
    }

    /** Iceberg's file as Parquet wants one. */
    private record ParquetInput(InputFile file) implements org.apache.parquet.io.InputFile {

        @Override
        public long getLength() {
            return file.getLength();
        }

        @Override
        public org.apache.parquet.io.SeekableInputStream newStream() {
            SeekableInputStream stream = file.newStream();
            return new DelegatingSeekableInputStream(stream) {
                @Override
                public long getPos() throws IOException {
                    return stream.getPos();
                }

                @Override
                public void seek(long to) throws IOException {
                    stream.seek(to);
                }
            };
        }
    }

    /** Iceberg's file as Avro wants one. */
    private static final class AvroInput implements SeekableInput {

        private final SeekableInputStream stream;
        private final long length;

        AvroInput(InputFile file) {
            this.length = file.getLength();
            this.stream = file.newStream();
        }

        @Override
        public void seek(long to) throws IOException {
            stream.seek(to);
        }

        @Override
        public long tell() throws IOException {
            return stream.getPos();
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            return stream.read(into, from, most);
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
