package dev.firn.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs about single tables. */
@Command(
        name = "table",
        description = "Has a table that waits for a decision about a schema go on.",
        subcommands = {TableResumeVerb.class},
        customSynopsis = "firn table VERB [OPTION...]",
        footer = {
            "firn table resume orders.yaml shop.orders",
            "firn table resume --decide apply orders.yaml shop.orders"
        })
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
