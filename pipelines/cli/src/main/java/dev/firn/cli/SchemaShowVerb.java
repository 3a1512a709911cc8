package dev.firn.cli;

import dev.firn.cli.schema.NamedSchema;
import dev.firn.cli.schema.NoSchema;
import dev.firn.cli.schema.SchemaArguments;
import dev.firn.cli.schema.ShowJson;
import dev.firn.cli.schema.ShowText;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroKey;
import dev.firn.schema.compare.SchemaRow;
import dev.firn.schema.compare.SchemaRows;
import dev.firn.schema.folder.PrettyJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what becomes of a schema in a table. */
@Command(
        name = "show",
        description = {
            "Shows the columns that a schema makes: each place, its Avro type and the column's type.",
            "Answers 1 where a place has no column, and says which on stderr. With `--format avro` it shows the schema's"
                    + " own text instead, with all that it refers to."
        },
        sortOptions = false,
        customSynopsis = "firn schema show [--registry URL|FILE] [--format text|json|avro] SCHEMA",
        footer = {"firn schema show orders.yaml:orders@3", "firn schema show --format avro orders.yaml:orders"})
final class SchemaShowVerb extends RegistryVerb {

    @Parameters(
            paramLabel = "SCHEMA",
            description =
                    "A file with an Avro schema; FILE:STREAM of a pipeline file, or FILE alone where it has one stream,"
                            + " for the newest schema of its values; or SUBJECT of the registry. With `@VERSION` behind the latter"
                            + " two it is that version.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String argument;

    @Option(names = "--format", paramLabel = "text|json|avro", description = "How it is written; text unless said.")
    private As as = As.TEXT;

    /** How a schema is shown. */
    enum As {
        TEXT,
        JSON,
        /** Its own text. */
        AVRO
    }

    SchemaShowVerb(Screen screen) {
        super(screen);
    }

    @Override
    int answer(SchemaArguments arguments) throws NoSchema {
        NamedSchema named = arguments.one(argument);
        if (as == As.AVRO) {
            screen.result(PrettyJson.of(named.text()));
            return ExitCode.DONE;
        }
        List<SchemaRow> rows = SchemaRows.of(named.schema(), named.rules());
        AvroColumns columns = AvroColumns.of(AvroKey.asRecord(named.schema()), named.rules());
        columns.unmappable()
                .forEach(unmappable -> screen.progress("firn: " + unmappable.sentence() + "; " + unmappable.wayOut()));
        screen.result(as == As.JSON ? ShowJson.write(named, rows) : ShowText.write(rows));
        return columns.table().isPresent() ? ExitCode.DONE : ExitCode.NO;
    }
}
