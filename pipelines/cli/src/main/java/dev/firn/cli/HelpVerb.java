package dev.firn.cli;

import dev.firn.cli.help.HelpTopics;
import dev.firn.spi.Connectors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains a verb, an option of the pipeline file, or an error by its code. */
@Command(
        name = "help",
        aliases = "explain",
        description = "Explains a verb, an option of the pipeline file, or an error by its code.",
        customSynopsis = "firn help [TOPIC]",
        footer = {"firn help partition-by", "firn help unknown-option"})
final class HelpVerb extends Verb {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandLine.Model.CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC",
            description =
                    "A verb, a section or an option of the pipeline file, or what stands in brackets behind `error`.")
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
        HelpTopics topics = new HelpTopics(Connectors.load(HelpVerb.class.getClassLoader()));
        List<String> pages = new ArrayList<>();
        CommandLine verb = firn.getSubcommands().get(topic);
        if (verb != null) {
            pages.add(verb.getUsageMessage());
        }
        pages.addAll(topics.pages(topic));
        if (pages.isEmpty()) {
            unknown(topic, topics.near(topic, firn.getSubcommands().keySet()));
            return ExitCode.FILE;
        }
        screen.result(String.join("\n", pages));
        return ExitCode.DONE;
    }

    private void unknown(String topic, List<String> near) {
        screen.progress("firn help: there is no topic `" + topic + "`");
        if (!near.isEmpty()) {
            screen.progress(
                    "  near:  " + near.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", ")));
        }
        screen.progress("  a topic is a verb, an option of the pipeline file, or a code in brackets behind `error`");
        screen.progress("  help:  firn help");
    }
}
