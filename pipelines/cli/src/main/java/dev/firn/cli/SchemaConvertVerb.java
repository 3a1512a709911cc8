package dev.firn.cli;

import dev.firn.cli.schema.Conversion;
import dev.firn.cli.schema.ConversionJson;
import dev.firn.cli.schema.NamedDocument;
import dev.firn.cli.schema.NoSchema;
import dev.firn.cli.schema.SchemaArguments;
import dev.firn.schema.notation.Notations;
import dev.firn.schema.notation.sql.Dialect;
import dev.firn.spi.notation.NotExpressible;
import dev.firn.spi.notation.Notation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a schema in another notation, and says what gets lost. */
@Command(
        name = "convert",
        description = {
            "Writes a schema in another notation, and says on stderr what that one can't keep.",
            "Answers 1 where it can't be written at all, or where `--strict` is said and something is lost."
        },
        sortOptions = false,
        customSynopsis = "firn schema convert --to NOTATION [--from NOTATION] [--strict] [OPTION...] SCHEMA",
        footer = {
            "firn schema convert --to sql --dialect trino schemas/orders-value.avsc",
            "firn schema convert --to avro --strict data/orders.parquet"
        })
final class SchemaConvertVerb extends SchemaQuestionVerb {

    private static final String READ = "avro|iceberg|json-schema|parquet|protobuf|sql";
    private static final String WRITTEN = "avro|iceberg|json-schema|parquet|sql";
    private static final String DIALECTS = "spark|trino|flink|postgres";

    @Parameters(
            paramLabel = "SCHEMA",
            description =
                    "A file with a schema, Parquet data or an Iceberg table's metadata; or a subject of the registry:"
                            + " SUBJECT or SUBJECT@VERSION.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String argument;

    @Option(names = "--to", required = true, paramLabel = WRITTEN, description = "The notation to write.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String to;

    @Option(
            names = "--from",
            paramLabel = READ,
            description = "The notation that SCHEMA is in, where its name and its content do not say it.")
    private @Nullable String from;

    @Option(names = "--dialect", paramLabel = DIALECTS, description = "Of SQL that is written; `spark` unless said.")
    private Dialect dialect = Dialect.SPARK;

    @Option(names = "--from-dialect", paramLabel = DIALECTS, description = "Of SQL that is read; `spark` unless said.")
    private Dialect fromDialect = Dialect.SPARK;

    @Option(names = "--name", paramLabel = "NAME", description = "Another name for the record or the table.")
    private @Nullable String name;

    @Option(names = "--strict", description = "Answers 1 if anything is lost.")
    private boolean strict;

    SchemaConvertVerb(Screen screen) {
        super(screen);
    }

    @Override
    int answer(SchemaArguments arguments) throws NoSchema {
        Notation written = notation(to, "--to", WRITTEN, dialect);
        Optional<String> said = Optional.ofNullable(from);
        if (from != null) {
            notation(from, "--from", READ, fromDialect);
        }
        NamedDocument document = arguments.document(argument);
        Conversion conversion;
        try {
            conversion = Conversion.of(document, notations(fromDialect), said, written, Optional.ofNullable(name));
        } catch (NotExpressible e) {
            e.misfits().forEach(misfit -> screen.progress("firn: " + misfit.line()));
            return ExitCode.NO;
        }
        if (format == Format.JSON) {
            screen.result(ConversionJson.write(conversion));
        } else {
            conversion.losses().forEach(loss -> screen.progress("firn: " + loss.line()));
            screen.result(conversion.text());
        }
        return strict && conversion.lost() > 0 ? ExitCode.NO : ExitCode.DONE;
    }

    private static Notations notations(Dialect dialect) {
        return Notations.load(SchemaConvertVerb.class.getClassLoader(), dialect);
    }

    private static Notation notation(String word, String option, String words, Dialect dialect) throws NoSchema {
        return notations(dialect)
                .named(word)
                .filter(known -> option.equals("--from") || known.isWritten())
                .orElseThrow(
                        () -> new NoSchema("`" + word + "` is no value for `" + option + "`, which takes " + words));
    }
}
