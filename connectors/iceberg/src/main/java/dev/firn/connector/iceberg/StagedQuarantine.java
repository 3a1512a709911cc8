package dev.firn.connector.iceberg;

import dev.firn.spi.ledger.StagedFiles;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.LakeNames;
import dev.firn.spi.sink.QuarantineTopic;
import dev.firn.spi.sink.StagedEpoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.avro.DataReader;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;

/**
 * Reads what epochs have staged for the quarantine table, whose commit has not landed yet: until then nobody compacts it, expires it, or
 * takes it out of the holding area. In the same order each time.
 */
record StagedQuarantine(LakeTables tables, LakeNames names) {

    /** @param epochs those that the table lacks */
    QuarantineTopic.Rows rows(List<StagedEpoch> epochs) {
        return (number, each) -> epochs.stream()
                .filter(epoch -> epoch.epoch() == number)
                .findFirst()
                .ifPresent(epoch -> read(epoch, each));
    }

    private void read(StagedEpoch epoch, Consumer<QuarantineTopic.Entry> each) {
        TableName quarantine = names.quarantine();
        try {
            Table table = tables.load(quarantine);
            Schema columns = table.schema().select(QuarantineReader.columns(quarantine, table));
            epoch.files().stream()
                    .filter(StagedFiles::changeRows)
                    .map(StagedManifest::of)
                    .sorted(Comparator.comparing(ManifestFile::path))
                    .flatMap(manifest ->
                            ManifestContents.dataFiles(manifest, io(table, manifest.path()), table.specs()).stream())
                    .forEach(file -> read(file, open(file, table, columns), each));
        } catch (UncheckedIOException | RESTException | NotFoundException e) {
            throw tables.outside()
                    .failed("read what epoch " + epoch.epoch() + " has staged for table `" + quarantine + "`", e);
        }
    }

    private static void read(DataFile file, CloseableIterable<Record> rows, Consumer<QuarantineTopic.Entry> each) {
        long read = 0;
        try (rows) {
            for (Record row : rows) {
                each.accept(QuarantineReader.entry(row));
                read++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (read != file.recordCount()) {
            throw new UncheckedIOException(new IOException(
                    "`" + file.path() + "` has " + read + " rows, and its manifest says " + file.recordCount()));
        }
    }

    private CloseableIterable<Record> open(DataFile file, Table table, Schema columns) {
        String path = file.path().toString();
        InputFile input = io(table, path).newInputFile(path);
        if (file.format() == FileFormat.AVRO) {
            return Avro.read(input)
                    .project(columns)
                    .createReaderFunc(DataReader::create)
                    .build();
        }
        return Parquet.read(input)
                .project(columns)
                .createReaderFunc(written -> GenericParquetReaders.buildReader(columns, written))
                .build();
    }

    private FileIO io(Table table, String path) {
        return HoldingArea.isHeld(path)
                ? HoldingArea.open(tables, names.ledger()).io()
                : table.io();
    }
}
