package dev.firn.cli;

import dev.firn.cli.help.Paragraph;
import dev.firn.definition.diagnostic.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with the arguments, in the voice of the diagnostics. */
record UsageErrors(Screen screen) implements CommandLine.IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        String command = spec.qualifiedName(" ");
        screen.progress(command + ": " + message(wrong, spec));
        if (!spec.subcommands().isEmpty()) {
            screen.progress("  verbs: " + String.join(", ", UsagePage.verbs(spec)));
        } else {
            screen.progress("  usage: " + UsagePage.synopsis(spec));
        }
        screen.progress("  help:  " + (spec.parent() == null ? "firn help" : command + " --help"));
        return ExitCode.FILE;
    }

    private static String message(ParameterException wrong, CommandSpec spec) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0), unmatched.isUnknownOption(), spec);
        }
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing.getMissing().stream().map(UsageErrors::missing).collect(Collectors.joining("; "));
        }
        if (wrong instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec option) {
            return "`" + option.longestName() + "` stands here twice";
        }
        if (wrong.getCause() instanceof UnknownWord unknown && wrong.getArgSpec() instanceof OptionSpec option) {
            String meant = meant(unknown.word(), unknown.known());
            return "`" + option.longestName() + "` knows no `" + unknown.word() + "`"
                    + (meant.isEmpty() ? "; it takes " + Suggestion.oneOf(unknown.known()) : meant);
        }
        if (wrong.getArgSpec() instanceof OptionSpec option && wrong.getValue() != null) {
            return "`" + wrong.getValue() + "` is no value for `" + option.longestName() + "`, which takes "
                    + option.paramLabel();
        }
        return Paragraph.lowerCaseStart(String.valueOf(wrong.getMessage()));
    }

    private static String unmatched(String given, boolean isOption, CommandSpec spec) {
        if (isOption) {
            List<String> options =
                    spec.options().stream().map(OptionSpec::longestName).toList();
            return "unknown option `" + given + "`" + meant(given, options);
        }
        if (!spec.subcommands().isEmpty()) {
            return "unknown verb `" + given + "`"
                    + meant(given, spec.subcommands().keySet());
        }
        return "`" + given + "` is one argument too many";
    }

    private static String meant(String given, Collection<String> words) {
        return Suggestion.nearest(given, words)
                .map(word -> "; did you mean `" + word + "`?")
                .orElse("");
    }

    private static String missing(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? "`" + option.longestName() + "` needs a value: " + option.paramLabel()
                : argument.paramLabel() + " is missing";
    }
}
