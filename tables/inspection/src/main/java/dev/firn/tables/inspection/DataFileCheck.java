package dev.firn.tables.inspection;

import dev.firn.connector.iceberg.InspectedLake;
import dev.firn.spi.inspection.InspectedCatalog.Depth;
import dev.firn.tables.inspection.Findings.Fault;
import dev.firn.tables.inspection.Storage.Damaged;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;

/** Holds a data file, or a delete file, against what its manifest says of it. */
record DataFileCheck(InspectedLake lake, FileIO io, Depth depth) {

    private static final String CHANGED =
            "it is not the file that was committed, or whoever committed it has noted a wrong length: readers that trust that"
                    + " fail";

    /** What a manifest says of a file. */
    record Noted(String path, FileContent content, FileFormat format, long bytes, long rows) {

        static Noted of(ContentFile<?> file) {
            return new Noted(
                    file.path().toString(), file.content(), file.format(), file.fileSizeInBytes(), file.recordCount());
        }

        private String kind() {
            return content == FileContent.DATA ? "data-file" : "delete-file";
        }

        private String meaning() {
            return content == FileContent.DATA
                    ? String.format("the %,d rows in it can't be read, and so no query that needs them", rows)
                    : String.format(
                            "no query can be answered that needs data files of its partition: which of their rows are"
                                    + " deleted is not known (%,d entries)",
                            rows);
        }
    }

    Optional<Fault> of(Noted noted) {
        InputFile file = io.newInputFile(noted.path());
        OptionalLong length = Storage.length(file);
        if (length.isEmpty()) {
            return Optional.of(missing(noted));
        }
        if (length.getAsLong() != noted.bytes()) {
            String problem =
                    String.format("it has %,d bytes, and its manifest says %,d", length.getAsLong(), noted.bytes());
            return Optional.of(
                    length.getAsLong() < noted.bytes()
                            ? new Fault("truncated-" + noted.kind(), problem, noted.meaning())
                            : new Fault("changed-" + noted.kind(), problem, CHANGED));
        }
        return depth == Depth.FOOTERS ? footer(noted, file) : Optional.empty();
    }

    private static Fault missing(Noted noted) {
        return new Fault("missing-" + noted.kind(), "it is not there", noted.meaning());
    }

    private Optional<Fault> footer(Noted noted, InputFile file) {
        OptionalLong rows;
        try {
            rows = Storage.read(file, same -> Footers.rows(same, noted.format()));
        } catch (Damaged e) {
            return Optional.of(
                    e.isMissing()
                            ? missing(noted)
                            : new Fault(
                                    "unreadable-" + noted.kind(),
                                    "it can't be read: " + lake.words(e),
                                    noted.meaning()));
        }
        return rows.isEmpty() || rows.getAsLong() == noted.rows()
                ? Optional.empty()
                : Optional.of(new Fault(
                        "wrong-row-count",
                        String.format("it has %,d rows, and its manifest says %,d", rows.getAsLong(), noted.rows()),
                        "counts that are answered from metadata differ from what is read"));
    }
}
