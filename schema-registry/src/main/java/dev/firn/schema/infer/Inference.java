package dev.firn.schema.infer;

import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.Shape;
import dev.firn.spi.notation.TypeName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads files with data once, from their beginning, and says what schema they have.
 *
 * @param format of all files; where it is empty, each says it itself
 * @param sample how many records are enough; all where it is empty
 */
public record Inference(
        Optional<DataFormat> format, CsvOptions csv, InferenceRules.Fractions fractions, OptionalLong sample) {

    /** What all the files are; they have to agree. */
    public DataFormat format(List<Path> paths) throws NotInferable {
        Set<DataFormat> formats = EnumSet.noneOf(DataFormat.class);
        for (DataFile file : files(paths)) {
            formats.add(formatOf(file));
        }
        if (formats.size() > 1) {
            throw new NotInferable("the files are of different formats, and one schema is of one");
        }
        return formats.iterator().next();
    }

    /** Of files that hold records one after another; what says its schema itself is read as a notation is. */
    public Inferred of(String name, List<Path> paths) throws NotInferable {
        Records records = new Records(sample);
        DataFormat only = format(paths);
        for (DataFile file : files(paths)) {
            read(file, only, records);
        }
        return concluded(name, only, records);
    }

    private static List<DataFile> files(List<Path> paths) {
        List<DataFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(new DataFile(files.size(), path));
        }
        return files;
    }

    private DataFormat formatOf(DataFile file) throws NotInferable {
        Optional<DataFormat> known = format.isPresent() ? format : file.format();
        return known.orElseThrow(() -> new NotInferable("neither the name of `" + file.name()
                + "` nor how it begins says what it is; add `--from json|csv|parquet`"));
    }

    private void read(DataFile file, DataFormat found, Records records) throws NotInferable {
        switch (found) {
            case JSON -> JsonRecords.read(file, records);
            case CSV -> CsvRecords.read(file, csv, records);
            case PARQUET -> throw new IllegalStateException("our bug: " + file.name() + " says its schema itself");
        }
    }

    private Inferred concluded(String name, DataFormat found, Records records) throws NotInferable {
        if (records.fields().objects() == 0) {
            throw new NotInferable("there are no records, and so no schema");
        }
        if (records.fields().fields().isEmpty()) {
            throw new NotInferable("no record has a field, and so there is no schema");
        }
        Conclusion conclusion = new Conclusion(new InferenceRules(
                fractions, found == DataFormat.CSV ? InferenceRules.Mixtures.TEXT : InferenceRules.Mixtures.CHOICE));
        PortableSchema schema =
                new PortableSchema(new Shape.Struct(TypeName.of(name), conclusion.fields("", records.fields())));
        List<String> remarks = new ArrayList<>(records.remarks());
        remarks.addAll(conclusion.remarks());
        return new Inferred(schema, records.fields().objects(), conclusion.rows(), remarks);
    }
}
