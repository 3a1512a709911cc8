package dev.firn.cli;

import dev.firn.cli.run.Allowed;
import dev.firn.cli.run.ResumeFrom;
import dev.firn.cli.run.RunOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Runs a pipeline on this machine. */
@Command(
        name = "run",
        description = {
            "Runs a pipeline on this machine; Ctrl-C stops it with a savepoint.",
            "The process gets 1 GB of memory, or what the variable FIRN_HEAP says: FIRN_HEAP=4g."
        },
        sortOptions = false,
        customSynopsis = "firn run [--until-caught-up] [--resume FROM] [--allow CODE]... [--env NAME] FILE",
        footer = {"firn run orders.yaml", "firn run --until-caught-up orders.yaml"})
final class RunVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--until-caught-up",
            description = "Stops, with a savepoint, when everything that was there at the start is committed.")
    private boolean untilCaughtUp;

    @Option(
            names = "--resume",
            paramLabel = "state|ledger|none|FOLDER",
            converter = ResumeWord.class,
            description = {
                "What to go on from; by default the newest checkpoint or savepoint, else the ledger. FOLDER is one of a"
                        + " checkpoint or savepoint; none reads as if nothing had been read, and needs an empty ledger."
            })
    private Optional<ResumeFrom> resume = Optional.empty();

    @Option(
            names = "--allow",
            paramLabel = "table-dropped|source-renamed|stream-moved|written-by-another|read-twice|partition-cut-off",
            converter = AllowedCode.class,
            description = {
                "Goes on where it would lose or double rows: fills a dropped table from here on only, reads again"
                        + " what a source of another name, another source or another pipeline has read, lets two"
                        + " sources read one stream, goes on behind the end that a partition has lost."
            })
    private Set<Allowed> allowed = EnumSet.noneOf(Allowed.class);

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    /** A word, or what can only be a folder. */
    static final class ResumeWord implements ITypeConverter<ResumeFrom> {
        @Override
        public ResumeFrom convert(String word) {
            ResumeFrom resume = ResumeFrom.named(word);
            if (resume instanceof ResumeFrom.Savepoint && !word.contains("/") && !Files.isDirectory(Path.of(word))) {
                throw new TypeConversionException("neither a word nor a folder");
            }
            return resume;
        }
    }

    /** What a refusal ends with. */
    static final class AllowedCode implements ITypeConverter<Allowed> {
        @Override
        public Allowed convert(String word) {
            return Allowed.named(word).orElseThrow(() -> new TypeConversionException("no code of a refusal"));
        }
    }

    RunVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        RunOptions options = RunOptions.of(
                untilCaughtUp ? RunOptions.Until.CAUGHT_UP : RunOptions.Until.STOPPED,
                resume.orElseGet(ResumeFrom.Newest::new),
                allowed);
        return new RunSession(screen, environment.pipeline(path), options).call();
    }
}
