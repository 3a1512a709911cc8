package dev.firn.cli;

import dev.firn.cli.quickstart.Quickstart;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole path on this machine, with a real broker and a real registry. */
@Command(
        name = "quickstart",
        description = "Starts a broker and a registry, runs the example, shows where each record went.",
        sortOptions = false,
        customSynopsis = "firn quickstart [--keep] [--folder FOLDER]",
        footer = {"firn quickstart", "firn quickstart --keep"})
final class QuickstartVerb extends Verb {

    @Option(names = "--keep", description = "Leaves broker, registry and tables there, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            defaultValue = ".quickstart",
            description = "Where everything goes, emptied first; .quickstart unless said.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path folder;

    QuickstartVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws Exception {
        System.setProperty("firn.log", folder.resolve("firn.log").toString());
        Quickstart.Ending ending = keep ? Quickstart.Ending.KEEP : Quickstart.Ending.STOP;
        return new Quickstart(screen, folder, ending).call();
    }
}
