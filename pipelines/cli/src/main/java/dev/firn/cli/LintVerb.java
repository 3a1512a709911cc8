package dev.firn.cli;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads, binds and plans offline: all that is wrong with a file and can be seen without the outside. */
@Command(
        name = "lint",
        description = "Checks pipeline files without asking anything outside.",
        sortOptions = false,
        customSynopsis = "firn lint [--format text|json] FILE...",
        footer = {"firn lint orders.yaml", "firn lint --format json pipelines/*.yaml"})
final class LintVerb extends Verb {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "One pipeline file, or several.")
    private List<Path> files = List.of();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    LintVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        List<Diagnostic> all = new ArrayList<>();
        for (Path path : files) {
            PipelineFile file = new PipelineFile(path);
            file.read().ifPresent(file::planOffline);
            all.addAll(file.diagnostics());
            if (format == Format.TEXT) {
                screen.result(file.diagnostics().isEmpty() ? path + ": ok\n" : file.printed());
            }
        }
        if (format == Format.JSON) {
            screen.result(DiagnosticJson.print(all));
        }
        return ExitCode.of(all);
    }
}
