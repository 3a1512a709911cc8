package dev.firn.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs about records that are no rows of their tables. */
@Command(
        name = "quarantine",
        description = "Lists, shows and counts the records that could not become rows of their tables.",
        subcommands = {QuarantineListVerb.class, QuarantineShowVerb.class, QuarantineStatsVerb.class},
        customSynopsis = "firn quarantine VERB [OPTION...] FILE",
        footer = {"firn quarantine stats orders.yaml", "firn quarantine list --code truncated-payload orders.yaml"})
final class QuarantineVerb extends Verb {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandLine.Model.CommandSpec spec;

    QuarantineVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        screen.result(spec.commandLine().getUsageMessage());
        return ExitCode.DONE;
    }
}
