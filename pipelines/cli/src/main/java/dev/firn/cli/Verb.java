package dev.firn.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all verbs share: a screen, and {@code --help}. */
abstract class Verb implements Callable<Integer> {

    final Screen screen;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    boolean help;

    Verb(Screen screen) {
        this.screen = screen;
    }
}
