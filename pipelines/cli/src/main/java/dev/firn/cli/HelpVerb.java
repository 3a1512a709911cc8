package dev.firn.cli;

import dev.firn.definition.diagnostic.HelpPages;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains an error's code. */
@Command(
        name = "help",
        aliases = "explain",
        description = "Explains the code of an error, or lists the verbs.",
        customSynopsis = "firn help [CODE]",
        header = {"Examples:", "  firn help unknown-option", "  firn explain unrouted-stream", ""})
final class HelpVerb extends Verb {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandLine.Model.CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "CODE", description = "What stands in brackets behind `error`.")
    private @Nullable String topic;

    HelpVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        CommandLine firn = spec.parent().commandLine();
        if (topic == null) {
            screen.result(firn.getUsageMessage());
            return ExitCode.DONE;
        }
        CommandLine verb = firn.getSubcommands().get(topic);
        if (verb != null) {
            screen.result(verb.getUsageMessage());
            return ExitCode.DONE;
        }
        Optional<String> page = HelpPages.page(topic);
        if (page.isEmpty()) {
            screen.progress("firn: there is no help on `" + topic
                    + "`; it takes a verb, or a code as it stands in brackets behind `error`");
            return ExitCode.FILE;
        }
        screen.result(page.get());
        return ExitCode.DONE;
    }
}
