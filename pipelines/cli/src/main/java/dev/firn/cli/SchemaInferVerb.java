package dev.firn.cli;

import dev.firn.cli.schema.DatabaseText;
import dev.firn.cli.schema.InferText;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.schema.infer.CsvOptions;
import dev.firn.schema.infer.DataFormat;
import dev.firn.schema.infer.Inference;
import dev.firn.schema.infer.InferenceRules.Fractions;
import dev.firn.schema.infer.Inferred;
import dev.firn.schema.infer.NotInferable;
import dev.firn.schema.infer.SchemaNames;
import dev.firn.schema.infer.jdbc.DatabaseTable;
import dev.firn.schema.notation.Notations;
import dev.firn.schema.notation.sql.Dialect;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.NotReadable;
import dev.firn.spi.notation.Notation;
import dev.firn.spi.notation.PortableSchema;
import dev.firn.spi.notation.ReadSchema;
import dev.firn.spi.notation.SchemaDocument;
import dev.firn.spi.notation.WrittenSchema;
import dev.firn.spi.source.OutsideException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Says which schema data have that have none. */
@Command(
        name = "infer",
        description = {
            "Reads data and prints the schema that all of them fit, as Avro.",
            "JSON objects, one after another or in an array, or CSV; plain or compressed with gzip; of Parquet the footer. What was seen is said on"
                    + " stderr: types, how often a place is null, what its values range over, and what made a type wider."
                    + " Or a table of a database, as its driver describes it."
        },
        sortOptions = false,
        customSynopsis = "firn schema infer [OPTION...] FILE... | --jdbc URL --table [SCHEMA.]TABLE",
        footer = {
            "firn schema infer orders.jsonl > orders.avsc",
            "firn schema infer --name shop.Order --delimiter ';' orders.csv"
        })
final class SchemaInferVerb extends Verb {

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "The data. Several files are read as one, in this order.")
    private List<Path> files = List.of();

    @Option(
            names = "--from",
            paramLabel = "json|csv|parquet",
            description = "What the files are, where neither their names nor their beginning says it.")
    private @Nullable DataFormat from;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The record's name, with a namespace if you like; the first file's name unless said.")
    private @Nullable String name;

    @Option(
            names = "--to",
            paramLabel = "NOTATION",
            description = "The notation to print, as `firn schema convert` has them; `avro` unless said.")
    private String notation = "avro";

    @Option(
            names = "--dialect",
            paramLabel = "spark|trino|flink|postgres",
            description = "Of `--to sql`; `spark` unless said.")
    private Dialect dialect = Dialect.SPARK;

    @Mixin
    private final DatabaseArguments database = new DatabaseArguments();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    @Option(
            names = "--sample",
            paramLabel = "RECORDS",
            converter = Count.class,
            description = "Reads no more than so many records. Unless said, all are read.")
    private @Nullable Long sample;

    @Option(names = "--decimals", description = "Numbers with a point become decimals, not doubles.")
    private boolean decimals;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER|tab",
            converter = Delimiter.class,
            description = "What stands between cells of CSV; a tab in files that end in .tsv, else a comma.")
    private @Nullable Character delimiter;

    @Option(
            names = "--no-header",
            description = "The first line of CSV holds cells, not names: columns are called `column_1` and so on.")
    private boolean headless;

    SchemaInferVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (database.isSaid() != files.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    files.isEmpty()
                            ? "neither FILE nor `--jdbc` is there"
                            : "`--jdbc` and FILE are two sources, and one schema is of one");
        }
        try {
            if (database.isSaid()) {
                DatabaseTable table = database.table(Optional.ofNullable(name));
                return print(table.schema(), DatabaseText.write(table));
            }
            if (inference().format(files) == DataFormat.PARQUET) {
                return printFooter();
            }
            String called = name == null ? SchemaNames.of(files.get(0)) : SchemaNames.required(name);
            Inferred inferred = inference().of(called, files);
            return print(inferred.schema(), InferText.write(inferred, read(inferred.records())));
        } catch (NotInferable | UnresolvedReference wrong) {
            screen.progress("firn: " + wrong.getMessage());
            return ExitCode.FILE;
        } catch (NotExpressible wrong) {
            wrong.misfits().forEach(misfit -> screen.progress("firn: " + misfit.line()));
            return ExitCode.NO;
        } catch (OutsideException outside) {
            screen.progress("firn: " + outside.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    private Inference inference() {
        return new Inference(
                Optional.ofNullable(from),
                new CsvOptions(
                        Optional.ofNullable(delimiter),
                        headless ? CsvOptions.Header.NONE : CsvOptions.Header.FIRST_LINE),
                decimals ? Fractions.DECIMAL : Fractions.DOUBLE,
                sample == null ? OptionalLong.empty() : OptionalLong.of(sample));
    }

    private int print(PortableSchema schema, String seen) throws NotInferable, NotExpressible {
        Notations notations = Notations.load(SchemaInferVerb.class.getClassLoader(), dialect);
        Notation to = notations
                .named(notation)
                .filter(Notation::isWritten)
                .orElseThrow(() -> new NotInferable("`" + notation + "` is no value for `--to`, which takes "
                        + String.join("|", notations().written())));
        WrittenSchema written = to.write(schema);
        screen.diagnostics(seen);
        written.losses().forEach(loss -> screen.progress(loss.line()));
        screen.result(written.text());
        return ExitCode.DONE;
    }

    private Notations notations() {
        return Notations.load(SchemaInferVerb.class.getClassLoader(), dialect);
    }

    /** A Parquet file says its schema itself. */
    private int printFooter() throws NotInferable, NotExpressible {
        Path file = files.get(0);
        if (files.size() > 1) {
            throw new NotInferable("a Parquet file says its schema itself, so one at a time is read");
        }
        Notation parquet = notations()
                .named("parquet")
                .orElseThrow(() -> new NotInferable("there is no reader of Parquet on the class path"));
        try {
            ReadSchema read = parquet.read(SchemaDocument.file(file));
            PortableSchema schema =
                    read.schema().named(name == null ? SchemaNames.of(file) : SchemaNames.required(name));
            String losses =
                    read.losses().stream().map(loss -> loss.line() + "\n").collect(Collectors.joining());
            return print(schema, "the footer of `" + file + "`; no record is read\n" + losses);
        } catch (NotReadable e) {
            throw new NotInferable("`" + file + "`: " + e.getMessage());
        }
    }

    private String read(long records) {
        boolean stopped = sample != null && records == sample;
        return (stopped ? "the first " : "") + InferText.counted(records, "record") + " of "
                + (files.size() == 1 ? "`" + files.get(0) + "`" : files.size() + " files");
    }

    /** A number from 1 on. */
    static final class Count implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            long count = Long.parseLong(text);
            if (count < 1) {
                throw new TypeConversionException("no count");
            }
            return count;
        }
    }

    /** One character that neither quotes nor ends a line. */
    static final class Delimiter implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            if (text.equals("tab") || text.equals("\\t")) {
                return '\t';
            }
            if (text.length() != 1 || "\"\n\r".contains(text) || Character.isSurrogate(text.charAt(0))) {
                throw new TypeConversionException("no delimiter");
            }
            return text.charAt(0);
        }
    }
}
