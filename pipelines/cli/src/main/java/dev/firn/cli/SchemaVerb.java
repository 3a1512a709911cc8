package dev.firn.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs about schemas; only those that look at tables need more than the light class path. */
@Command(
        name = "schema",
        description =
                "Pulls, shows, compares, checks, plans, converts, infers and compiles schemas; tells a table's history"
                        + " and takes its columns back.",
        subcommands = {
            SchemaPullVerb.class,
            SchemaShowVerb.class,
            SchemaDiffVerb.class,
            SchemaCheckVerb.class,
            SchemaPlanVerb.class,
            SchemaConvertVerb.class,
            SchemaInferVerb.class,
            SchemaCodegenVerb.class,
            SchemaHistoryVerb.class,
            SchemaRollbackVerb.class
        },
        customSynopsis = "firn schema VERB [OPTION...]",
        footer = {"firn schema pull orders.yaml", "firn schema show schemas/orders-value.avsc"})
final class SchemaVerb extends Verb {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandLine.Model.CommandSpec spec;

    SchemaVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        screen.result(spec.commandLine().getUsageMessage());
        return ExitCode.DONE;
    }
}
