package dev.firn.cli;

import dev.firn.cli.help.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page behind {@code --help}: the synopsis, what the verb is for, two examples, and only then the options. */
final class UsagePage {

    private static final int INDENT = 2;
    private static final int GAP = 3;
    private static final int WIDEST = 60;

    /** Stands for a space at which no line ends. */
    private static final char GLUE = '\u00a0';

    private UsagePage() {}

    /** Makes this the page of a command and of all below it. */
    static void install(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.usageMessage().width(Paragraph.COLUMNS);
        spec.usageMessage().sectionKeys(List.of("page"));
        spec.usageMessage().sectionMap().put("page", help -> of(help.commandSpec()));
        line.getSubcommands().values().forEach(UsagePage::install);
    }

    static String synopsis(CommandSpec spec) {
        return String.join(" ", spec.usageMessage().customSynopsis());
    }

    private static String of(CommandSpec spec) {
        StringBuilder page = new StringBuilder(folded("Usage:  ", synopsis(spec)) + "\n\n");
        String description = String.join(" ", spec.usageMessage().description());
        page.append(Paragraph.wrapped(description, "")).append("\n\n");
        page.append("Examples:\n");
        for (String example : spec.usageMessage().footer()) {
            page.append("  ").append(example).append("\n");
        }
        page.append("\n");
        if (spec.subcommands().isEmpty()) {
            page.append("Options:\n").append(table(options(spec)));
        } else {
            page.append("Verbs:\n").append(table(described(spec))).append("\n").append(last(spec));
        }
        return page.toString();
    }

    /** On as many lines as it takes; what stands in brackets stays together. */
    private static String folded(String label, String synopsis) {
        String glued = Pattern.compile("\\[[^\\]]*\\]")
                .matcher(synopsis)
                .replaceAll(option -> Matcher.quoteReplacement(option.group().replace(' ', GLUE)));
        return Paragraph.wrapped(label + glued, " ".repeat(label.length())).replace(GLUE, ' ');
    }

    private static String last(CommandSpec spec) {
        String first = "`" + spec.qualifiedName(" ")
                + " VERB --help` shows a verb's options. `firn help TOPIC` explains an option of the pipeline file, or an error"
                + " by its code.";
        return Paragraph.wrapped(first, "")
                + """

                Exit codes: 0 done · 1 done, and the answer is no · 2 your file or your arguments ·
                3 the outside · 4 refused unless allowed · 70 our bug · 130 interrupted
                """;
    }

    /** The verbs without their aliases, in the order of the page. */
    static List<String> verbs(CommandSpec spec) {
        return distinct(spec).map(CommandSpec::name).toList();
    }

    private static Stream<CommandSpec> distinct(CommandSpec spec) {
        return spec.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .distinct();
    }

    private static List<List<String>> described(CommandSpec spec) {
        return distinct(spec)
                .map(verb -> List.of(
                        Stream.concat(Stream.of(verb.name()), Stream.of(verb.aliases()))
                                .collect(Collectors.joining(", ")),
                        verb.usageMessage().description()[0]))
                .toList();
    }

    private static List<List<String>> options(CommandSpec spec) {
        List<ArgSpec> arguments = new ArrayList<>(spec.positionalParameters());
        spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.hidden())
                .forEach(arguments::add);
        spec.options().stream().filter(OptionSpec::usageHelp).forEach(arguments::add);
        return arguments.stream().map(UsagePage::row).toList();
    }

    /** Values that leave no room for what is said of them are named there. */
    private static List<String> row(ArgSpec argument) {
        String label = label(argument);
        String description = String.join(" ", argument.description());
        return label.length() <= WIDEST
                ? List.of(label, description)
                : List.of(
                        label.replace(argument.paramLabel(), "CODE"),
                        description + " CODE is one of " + argument.paramLabel().replace("|", ", ") + ".");
    }

    /** How an argument is written on the command line. */
    static String label(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
        }
        String names = String.join(", ", option.names());
        return option.arity().max() > 0 ? names + " " + option.paramLabel() : names;
    }

    /** Two columns, the second one wrapped. */
    private static String table(List<List<String>> rows) {
        int first = INDENT
                + GAP
                + rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
        Help.TextTable table = Help.TextTable.forColumns(
                Help.defaultColorScheme(Help.Ansi.OFF),
                new Help.Column(first, INDENT, Help.Column.Overflow.TRUNCATE),
                new Help.Column(Paragraph.COLUMNS - first, 0, Help.Column.Overflow.WRAP));
        rows.forEach(row -> table.addRowValues(row.get(0), row.get(1)));
        return stripped(table);
    }

    private static String stripped(Help.TextTable table) {
        return table.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
    }
}
