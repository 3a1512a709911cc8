package dev.firn.cli.completion;

import dev.firn.cli.completion.Offer.OptionOffer;
import dev.firn.cli.completion.Offer.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The scripts of a command: for bash, which zsh reads too, and for fish. */
public final class Completion {

    private final List<Offer> offers;

    private Completion(List<Offer> offers) {
        this.offers = offers;
    }

    /** @param topics what {@code help} explains besides verbs */
    public static Completion of(CommandSpec command, Collection<String> topics) {
        List<Offer> offers = new ArrayList<>();
        collect(command, "", topics, offers);
        return new Completion(offers);
    }

    private static void collect(CommandSpec command, String path, Collection<String> topics, List<Offer> offers) {
        List<Word> words = new ArrayList<>();
        command.subcommands().forEach((name, below) -> words.add(new Word(name, says(below.getCommandSpec()))));
        if (path.equals("help") || path.equals("explain")) {
            topics.forEach(topic -> words.add(new Word(topic, "")));
        }
        boolean files = false;
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            List<String> values = values(parameter.paramLabel());
            values.forEach(value -> words.add(new Word(value, "")));
            files |= values.isEmpty() && words.isEmpty();
        }
        offers.add(new Offer(path, words, options(command), files));
        command.subcommands()
                .forEach((name, below) -> collect(below.getCommandSpec(), (path + " " + name).strip(), topics, offers));
    }

    private static List<OptionOffer> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .map(option -> new OptionOffer(
                        option.longestName(),
                        says(option),
                        values(option.paramLabel()),
                        option.arity().max() > 0))
                .toList();
    }

    /** {@code text|json} names the values that there are. */
    private static List<String> values(String label) {
        return label.contains("|") ? List.of(label.split("\\|")) : List.of();
    }

    private static String says(CommandSpec command) {
        return command.usageMessage().description()[0];
    }

    private static String says(OptionSpec option) {
        return String.join(" ", option.description());
    }

    /** For bash. */
    public String bash() {
        StringBuilder script = new StringBuilder(
                """
                # Completes firn in bash; made by `firn completion bash`.
                _firn() {
                  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} path='' word words='' options='' files=0
                  local -i at
                  for ((at = 1; at < COMP_CWORD; at++)); do
                    word=${COMP_WORDS[at]}
                    case "$path $word" in
                """);
        offers.stream()
                .filter(offer -> !offer.path().isEmpty())
                .map(Completion::known)
                .forEach(script::append);
        script.append("    esac\n  done\n  case \"$path $before\" in\n");
        offers.forEach(offer -> offer.options().stream()
                .filter(OptionOffer::takesValue)
                .forEach(option -> script.append(valuesOf(offer, option))));
        script.append("  esac\n  case $path in\n");
        offers.forEach(offer -> script.append("    ")
                .append(quoted(offer.path()))
                .append(") words=")
                .append(quoted(offer.wordList()))
                .append(" options=")
                .append(quoted(offer.optionNames()))
                .append(" files=")
                .append(offer.files() ? 1 : 0)
                .append(" ;;\n"));
        script.append(
                """
                  esac
                  if [[ $current == -* ]]; then
                    COMPREPLY=($(compgen -W "$options" -- "$current"))
                  elif [[ $files == 1 ]]; then
                    COMPREPLY=($(compgen -f -- "$current"))
                  else
                    COMPREPLY=($(compgen -W "$words" -- "$current"))
                  fi
                }
                complete -o filenames -o bashdefault -F _firn firn ./firn
                """);
        return script.toString();
    }

    private static String known(Offer offer) {
        int last = offer.path().lastIndexOf(' ');
        String parent = last < 0 ? "" : offer.path().substring(0, last);
        return "      " + quoted(parent + " " + offer.path().substring(last + 1)) + ") path=" + quoted(offer.path())
                + " ;;\n";
    }

    private static String valuesOf(Offer offer, OptionOffer option) {
        String reply = option.values().isEmpty()
                ? "compgen -f -- \"$current\""
                : "compgen -W " + quoted(String.join(" ", option.values())) + " -- \"$current\"";
        return "    " + quoted(offer.path() + " " + option.name()) + ") COMPREPLY=($(" + reply + ")); return ;;\n";
    }

    /** For zsh, which reads what is written for bash. */
    public String zsh() {
        return "# Completes firn in zsh; made by `firn completion zsh`.\n"
                + "autoload -U +X compinit && compinit -u\nautoload -U +X bashcompinit && bashcompinit\n" + bash();
    }

    /** For fish. */
    public String fish() {
        StringBuilder script =
                new StringBuilder("# Completes firn in fish; made by `firn completion fish`.\ncomplete -c firn -f\n");
        for (Offer offer : offers) {
            String where = condition(offer);
            offer.words()
                    .forEach(word -> script.append("complete -c firn -n " + where + " -a " + quoted(word.word())
                            + described(word.says()) + "\n"));
            if (offer.files()) {
                script.append("complete -c firn -n " + where + " -F\n");
            }
            offer.options()
                    .forEach(option -> script.append("complete -c firn -n " + where + " -l "
                            + option.name().replaceFirst("^--", "")
                            + (option.takesValue()
                                    ? option.values().isEmpty()
                                            ? " -r"
                                            : " -x -a " + quoted(String.join(" ", option.values()))
                                    : "")
                            + described(option.says()) + "\n"));
        }
        return script.toString();
    }

    private String condition(Offer offer) {
        if (offer.path().isEmpty()) {
            return quoted("__fish_use_subcommand");
        }
        String seen = Stream.of(offer.path().split(" "))
                .map(word -> "__fish_seen_subcommand_from " + word)
                .collect(Collectors.joining("; and "));
        List<String> below = offers.stream()
                .filter(other -> other.path().startsWith(offer.path() + " "))
                .map(other -> other.path().substring(offer.path().length() + 1))
                .toList();
        return quoted(
                below.isEmpty() ? seen : seen + "; and not __fish_seen_subcommand_from " + String.join(" ", below));
    }

    private static String described(String says) {
        return says.isEmpty() ? "" : " -d " + quoted(says);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
