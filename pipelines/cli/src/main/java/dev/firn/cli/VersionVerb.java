package dev.firn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what this is made of. */
@Command(
        name = "version",
        description = "Prints the versions of Firn, Flink, Iceberg and Java.",
        customSynopsis = "firn version [--short]",
        footer = {"firn version", "firn version --short"})
final class VersionVerb extends Verb {

    @Option(names = "--short", description = "Firn's version alone.")
    private boolean brief;

    VersionVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Versions versions = Versions.load();
        if (brief) {
            screen.result(versions.firn() + "\n");
            return ExitCode.DONE;
        }
        screen.result("firn     " + versions.firn() + "\n");
        screen.result("flink    " + versions.flink() + "\n");
        screen.result("iceberg  " + versions.iceberg() + "\n");
        screen.result("kafka    " + versions.kafkaClients() + " (clients)\n");
        screen.result("java     " + Runtime.version() + "\n");
        return ExitCode.DONE;
    }
}
