package dev.firn.cli;

import dev.firn.cli.run.ResumeFrom;
import dev.firn.cli.run.RunOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a pipeline on this machine. */
@Command(
        name = "run",
        description = {
            "Runs a pipeline on this machine; Ctrl-C stops it with a savepoint.",
            "The process gets 1 GB of memory, or what the variable FIRN_HEAP says: FIRN_HEAP=4g."
        },
        sortOptions = false,
        customSynopsis = "firn run [--until-caught-up] [--resume state|ledger] FILE",
        footer = {"firn run orders.yaml", "firn run --until-caught-up orders.yaml"})
final class RunVerb extends Verb {

    /** The words of {@code --resume}. */
    enum Resume {
        STATE,
        LEDGER
    }

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--until-caught-up",
            description = "Stops, with a savepoint, when everything that was there at the start is committed.")
    private boolean untilCaughtUp;

    @Option(
            names = "--resume",
            paramLabel = "state|ledger",
            description = "What to go on from; by default the newest checkpoint or savepoint, else the ledger.")
    private Optional<Resume> resume = Optional.empty();

    RunVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        RunOptions options = RunOptions.of(
                untilCaughtUp ? RunOptions.Until.CAUGHT_UP : RunOptions.Until.STOPPED,
                resume.map(word -> word == Resume.STATE ? ResumeFrom.STATE : ResumeFrom.LEDGER)
                        .orElse(ResumeFrom.NEWEST));
        return new RunSession(screen, path, options).call();
    }
}
