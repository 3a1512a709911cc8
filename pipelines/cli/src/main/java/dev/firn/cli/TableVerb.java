package dev.firn.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs about tables. */
@Command(
        name = "table",
        description = "Lists and shows tables, says how large, how fresh and how well they are and what is missing; has"
                + " one that waits go on.",
        subcommands = {
            TableListVerb.class,
            TableShowVerb.class,
            TableSizeVerb.class,
            TableFreshnessVerb.class,
            TableHealthVerb.class,
            TableVerifyVerb.class,
            TableResumeVerb.class
        },
        customSynopsis = "firn table VERB [OPTION...]",
        footer = {"firn table list lake", "firn table show --snapshots orders.yaml shop.orders"})
final class TableVerb extends Verb {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandLine.Model.CommandSpec spec;

    TableVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        screen.result(spec.commandLine().getUsageMessage());
        return ExitCode.DONE;
    }
}
