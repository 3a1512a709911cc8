package dev.firn.cli;

import dev.firn.cli.schema.DiffJson;
import dev.firn.cli.schema.DiffText;
import dev.firn.cli.schema.NamedSchema;
import dev.firn.cli.schema.NoSchema;
import dev.firn.cli.schema.SchemaArguments;
import dev.firn.schema.compare.SchemaChange;
import dev.firn.schema.compare.SchemaChanges;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what lies between two schemas. */
@Command(
        name = "diff",
        description = {
            "Shows what has changed from one schema to another, by kind and path.",
            "Answers 0 where nothing has, else 1. A schema is a file, FILE:STREAM of a pipeline file, or SUBJECT of the"
                    + " registry, the latter two with `@VERSION` or the newest."
        },
        sortOptions = false,
        customSynopsis = "firn schema diff [--registry URL|FILE] [--format text|json] OLDER NEWER",
        footer = {
            "firn schema diff schemas/orders-value.avsc next.avsc",
            "firn schema diff orders.yaml:orders@3 orders.yaml:orders"
        })
final class SchemaDiffVerb extends SchemaQuestionVerb {

    @Parameters(index = "0", paramLabel = "OLDER", description = "What was.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String older;

    @Parameters(index = "1", paramLabel = "NEWER", description = "What is.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String newer;

    SchemaDiffVerb(Screen screen) {
        super(screen);
    }

    @Override
    int answer(SchemaArguments arguments) throws NoSchema {
        NamedSchema from = arguments.one(older);
        NamedSchema to = arguments.one(newer);
        List<SchemaChange> changes = SchemaChanges.between(from.schema(), to.schema());
        screen.result(format == Format.JSON ? DiffJson.write(from, to, changes) : DiffText.write(changes));
        return changes.isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }
}
