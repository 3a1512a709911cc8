package dev.firn.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all verbs share: a screen, {@code --help} and {@code --yes}. */
abstract class Verb implements Callable<Integer> {

    final Screen screen;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    /** Every verb takes it: the launcher may have to ask whether to install Java before it can start any of them. */
    @Option(names = "--yes", hidden = true)
    boolean yes;

    Verb(Screen screen) {
        this.screen = screen;
    }
}
