package dev.firn.cli;

import dev.firn.cli.completion.Completion;
import dev.firn.cli.help.HelpTopics;
import dev.firn.spi.Connectors;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a script with which a shell completes verbs, options, their values and files. */
@Command(
        name = "completion",
        description = {
            "Prints a script with which a shell completes verbs, options and topics.",
            "bash: add `source <(firn completion bash)` to ~/.bashrc. zsh: add `source <(firn completion zsh)` to ~/.zshrc."
                    + " fish: firn completion fish > ~/.config/fish/completions/firn.fish"
        },
        customSynopsis = "firn completion bash|zsh|fish",
        footer = {"firn completion bash > ~/.local/share/bash-completion/completions/firn", "firn completion fish"})
final class CompletionVerb extends Verb {

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandLine.Model.CommandSpec spec;

    @Parameters(arity = "1", paramLabel = "bash|zsh|fish", description = "The shell.")
    private String shell = "";

    CompletionVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Completion completion = Completion.of(
                spec.root(), new HelpTopics(Connectors.load(CompletionVerb.class.getClassLoader())).topics());
        switch (shell.toLowerCase(Locale.ROOT)) {
            case "bash" -> screen.result(completion.bash());
            case "zsh" -> screen.result(completion.zsh());
            case "fish" -> screen.result(completion.fish());
            default -> {
                screen.progress(
                        "firn completion: `" + shell + "` is no shell that it knows; it knows bash, zsh and fish");
                return ExitCode.FILE;
            }
        }
        return ExitCode.DONE;
    }
}
