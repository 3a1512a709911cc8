package dev.firn.cli;

import dev.firn.cli.schema.NamedSchema;
import dev.firn.cli.schema.NoSchema;
import dev.firn.cli.schema.SchemaArguments;
import dev.firn.cli.schema.ShowJson;
import dev.firn.cli.schema.ShowText;
import dev.firn.schema.avro.AvroColumns;
import dev.firn.schema.avro.AvroKey;
import dev.firn.schema.avro.AvroRules;
import dev.firn.schema.compare.SchemaRow;
import dev.firn.schema.compare.SchemaRows;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what becomes of a schema in a table. */
@Command(
        name = "show",
        description = {
            "Shows the columns that a schema makes: each place, its Avro type and the column's type.",
            "Answers 1 where a place has no column, and says which on stderr."
        },
        sortOptions = false,
        customSynopsis = "firn schema show [--registry URL] [--format text|json] SCHEMA",
        footer = {
            "firn schema show schemas/orders-value.avsc",
            "firn schema show --registry http://localhost:8081 orders-value@3"
        })
final class SchemaShowVerb extends SchemaQuestionVerb {

    @Parameters(
            paramLabel = "SCHEMA",
            description = "A file with an Avro schema, or a subject of the registry: SUBJECT or SUBJECT@VERSION.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String argument;

    SchemaShowVerb(Screen screen) {
        super(screen);
    }

    @Override
    int answer(SchemaArguments arguments) throws NoSchema {
        NamedSchema named = arguments.one(argument);
        List<SchemaRow> rows = SchemaRows.of(named.schema());
        AvroColumns columns = AvroColumns.of(AvroKey.asRecord(named.schema()), AvroRules.STRICT);
        columns.unmappable()
                .forEach(unmappable -> screen.progress("firn: " + unmappable.sentence() + "; " + unmappable.wayOut()));
        screen.result(format == Format.JSON ? ShowJson.write(named, rows) : ShowText.write(rows));
        return columns.table().isPresent() ? ExitCode.DONE : ExitCode.NO;
    }
}
