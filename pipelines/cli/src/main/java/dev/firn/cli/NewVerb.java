package dev.firn.cli;

import dev.firn.cli.fmt.Replacement;
import dev.firn.cli.proposal.Finding;
import dev.firn.cli.proposal.ProposedFile;
import dev.firn.cli.proposal.ProposedNames;
import dev.firn.cli.proposal.Proposer;
import dev.firn.definition.PipelineOptions;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.project.Layers;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.definition.selector.Names;
import dev.firn.definition.yaml.YamlText;
import dev.firn.spi.source.OutsideException;
import dev.firn.spi.source.SourceAddress;
import dev.firn.spi.source.SourceProposer;
import dev.firn.spi.source.SourceProposer.NotProposable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proposes a file for a topic; what is not said is asked where there is somebody to ask. */
@Command(
        name = "new",
        description = {
            "Proposes a pipeline file for a topic: looks at some records and at their schema.",
            "Each line of it says why it is there. The file is planned before it is printed, so `lint` and `plan` take it. What"
                    + " is not said is asked, where a terminal is. Nothing is written but the file."
        },
        sortOptions = false,
        customSynopsis = "firn new --topic TOPIC --bootstrap HOST:PORT [--registry URL] [--out FILE] [OPTION...]",
        footer = {
            "firn new --topic orders --bootstrap broker:9092 --registry http://registry:8081 --out orders.yaml",
            "firn new --topic clicks --bootstrap broker:9092 --properties client.properties > clicks.yaml"
        })
final class NewVerb extends Verb {

    private static final String DEFAULT_CATALOG = "{type: hadoop, warehouse: ./lake}";

    @Mixin
    private final SourceArguments where = new SourceArguments();

    @Option(names = "--out", paramLabel = "FILE", description = "Where it goes; to stdout unless said.")
    private @Nullable Path out;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The pipeline's name; made of the topic's unless said.")
    private @Nullable String name;

    @Option(
            names = "--table",
            paramLabel = "NAMESPACE.TABLE",
            description = "The table to fill; made of the topic's name unless said.")
    private @Nullable String table;

    @Option(
            names = "--catalog",
            paramLabel = "NAME",
            description = {
                "A catalog of the project file `firn.yaml`; the first one there unless said, and without such a file a folder"
                        + " `lake`."
            })
    private @Nullable String catalog;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    NewVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        requireNames();
        try {
            SourceProposer sources = ServiceLoader.load(SourceProposer.class, NewVerb.class.getClassLoader())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("our bug: no connector proposes a source"));
            if (!mayWrite()) {
                return ExitCode.REFUSED;
            }
            String servers = where.bootstrap()
                    .or(() -> asked("The brokers, HOST:PORT:"))
                    .orElseThrow(() -> missing("--bootstrap", "HOST:PORT"));
            SourceAddress brokers = where.address(servers, Optional.empty());
            String topic =
                    where.topic().or(() -> chosen(sources, brokers)).orElseThrow(() -> missing("--topic", "TOPIC"));
            Optional<String> registry = where.registry()
                    .or(() -> where.topic().isPresent()
                            ? Optional.empty()
                            : asked("The schema registry's URL, or nothing where there is none:"));
            return propose(sources, topic, where.address(servers, registry));
        } catch (NotProposable | UnresolvedReference wrong) {
            screen.progress("firn: " + wrong.getMessage());
            return ExitCode.FILE;
        } catch (OutsideException outside) {
            screen.progress("firn: " + outside.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    private void requireNames() {
        if (name != null && !name.matches(PipelineOptions.NAME)) {
            throw new ParameterException(
                    spec.commandLine(), "`" + name + "` is no name: " + PipelineOptions.NAME_IN_WORDS);
        }
        if (table != null && !Names.isTableName(table)) {
            throw new ParameterException(spec.commandLine(), "`" + table + "` is no table: " + Names.TABLE_NAME);
        }
    }

    private int propose(SourceProposer sources, String topic, SourceAddress address) {
        Path path = Optional.ofNullable(out).orElseGet(() -> Path.of(ProposedNames.pipeline(topic) + ".yaml"));
        Layers layers = Layers.around(path);
        Optional<String> named = Optional.ofNullable(catalog).or(() -> firstCatalog(layers));
        ProposedFile.Names names = new ProposedFile.Names(
                Optional.ofNullable(name).orElseGet(() -> ProposedNames.pipeline(topic)),
                topic,
                Optional.ofNullable(table).orElseGet(() -> ProposedNames.table(topic)));
        Proposer.Asked asked = new Proposer.Asked(
                path,
                layers,
                address,
                names,
                named.map(YamlText::of).orElse(DEFAULT_CATALOG),
                named.isPresent()
                        ? "As `firn.yaml` has it."
                        : "Everything in a folder, which is right for a first look; else `{type: rest, uri: ...}`, for"
                                + " instance.");
        try {
            return written(new Proposer(asked, sources).propose(), path);
        } catch (Proposer.Faults faults) {
            tell(faults.diagnostics());
            return ExitCode.of(faults.diagnostics());
        }
    }

    /** Without places: the file that they point into is not there. */
    private void tell(List<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            screen.progress("firn: " + diagnostic.message());
            diagnostic.fix().ifPresent(fix -> screen.progress("  fix:  " + fix));
            screen.progress("  help: firn help " + diagnostic.code().code());
        }
    }

    private int written(Proposer.Proposal proposal, Path path) {
        if (out == null) {
            screen.result(proposal.text());
        } else {
            try {
                write(path, proposal.text());
            } catch (IOException e) {
                screen.progress("firn: `" + path + "` can't be written: "
                        + Failure.of(e).message());
                return ExitCode.OUTSIDE;
            }
            screen.progress("wrote " + path + "; it plans without a fault");
        }
        proposal.source()
                .secrets()
                .keySet()
                .forEach(reference -> screen.progress("put the secret behind `" + reference
                        + "` into the file `" + secret(reference)
                        + "` in the folder that FIRN_SECRETS names, or into the variable `"
                        + secret(reference).replaceAll("[^A-Za-z0-9_]", "_").toUpperCase(Locale.ROOT) + "`"));
        if (proposal.findings().stream().map(Finding::option).noneMatch("partition-by"::equals)) {
            screen.progress("no column says when its row happened, so the table is not partitioned");
        }
        if (out != null) {
            screen.progress("next: firn plan " + path);
        }
        return ExitCode.DONE;
    }

    private static void write(Path path, String text) throws IOException {
        if (Files.exists(path)) {
            Replacement.write(path, Files.readString(path), text);
        } else {
            Files.writeString(path, text);
        }
    }

    private static String secret(String reference) {
        return reference.substring("${secret:".length(), reference.length() - 1);
    }

    /** Before anybody is asked anything: nothing is written over that nobody said. */
    private boolean mayWrite() {
        Path path = out;
        if (path == null || yes || !Files.exists(path)) {
            return true;
        }
        Optional<String> answer = screen.ask("`" + path + "` is there already. Write over it? [y/N]");
        if (answer.isEmpty()) {
            screen.progress("firn: `" + path + "` is there already; with `--yes` it is written over");
        } else if (!answer.get().toLowerCase(Locale.ROOT).startsWith("y")) {
            screen.progress("firn: nothing was written");
        }
        return answer.isPresent() && answer.get().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private Optional<String> asked(String question) {
        return screen.ask(question).filter(answer -> !answer.isEmpty());
    }

    private Optional<String> chosen(SourceProposer sources, SourceAddress brokers) {
        if (!screen.asks()) {
            return Optional.empty();
        }
        List<String> topics = sources.streams(brokers);
        if (topics.isEmpty()) {
            throw new NotProposable("the brokers have no topic");
        }
        screen.progress("topics: " + String.join(", ", topics));
        return asked("Which one?");
    }

    private ParameterException missing(String option, String value) {
        return new ParameterException(
                spec.commandLine(), "`" + option + "` is missing, and there is nobody to ask: " + option + " " + value);
    }

    private static Optional<String> firstCatalog(Layers layers) {
        return layers.project()
                .flatMap(project -> project.options())
                .flatMap(options -> options.catalogs().keySet().stream().findFirst());
    }
}
