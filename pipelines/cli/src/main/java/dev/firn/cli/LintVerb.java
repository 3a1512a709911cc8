package dev.firn.cli;

import dev.firn.cli.lint.InEnvironments;
import dev.firn.cli.lint.InEnvironments.Reached;
import dev.firn.cli.lint.LintText;
import dev.firn.cli.tests.FileTests;
import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.bind.Unbuilt;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticJson;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SuppressedDiagnostic;
import dev.firn.definition.diagnostic.Told;
import dev.firn.definition.project.Layers;
import dev.firn.definition.project.Project;
import dev.firn.definition.project.ProjectReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads, binds and plans offline: all that is wrong with a file and can be seen without the outside. */
@Command(
        name = "lint",
        description = {
            "Checks pipeline files without asking anything outside.",
            "Where a project file `firn.yaml` has environments, under each of them; `firn.yaml` itself can be checked too."
        },
        sortOptions = false,
        customSynopsis = "firn lint [--env NAME] [--verbose] [--format text|json] FILE...",
        footer = {"firn lint orders.yaml", "firn lint --format json pipelines/*.yaml"})
final class LintVerb extends Verb {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "One pipeline file, or several.")
    private List<Path> files = List.of();

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description =
                    "Checks under one environment of the project file `firn.yaml`; under all of them unless said.")
    private Optional<String> environment = Optional.empty();

    @Option(names = "--verbose", description = "Shows what the files suppress, too, with the reason.")
    private boolean verbose;

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    LintVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        List<Diagnostic> diagnostics = new ArrayList<>();
        List<SuppressedDiagnostic> suppressed = new ArrayList<>();
        for (Path path : files) {
            Told told = path.endsWith(Project.FILE) ? project(path) : pipeline(path);
            diagnostics.addAll(told.diagnostics());
            suppressed.addAll(told.suppressed());
            if (format == Format.TEXT) {
                screen.result(verbose ? LintText.verbose(path, told) : LintText.write(path, told));
            }
        }
        if (format == Format.JSON) {
            screen.result(DiagnosticJson.print(new Told(diagnostics, suppressed)));
        }
        return ExitCode.of(diagnostics);
    }

    private static Told project(Path path) {
        Checked<Project> read = ProjectReader.read(path);
        Diagnostics diagnostics = new Diagnostics();
        diagnostics.reportAll(read.diagnostics());
        read.value().flatMap(Project::bound).ifPresent(project -> Unbuilt.report(project, diagnostics));
        return new Told(diagnostics.inOrder(), List.of());
    }

    private Told pipeline(Path path) {
        InEnvironments everywhere = new InEnvironments();
        List<Layers> each = environment.isPresent()
                ? List.of(Layers.around(path, environment.get()))
                : Layers.around(path).each();
        for (Layers layers : each) {
            PipelineFile file = new PipelineFile(path, layers);
            Optional<PipelineDefinition> definition = file.read();
            definition.ifPresent(
                    read -> file.planOffline(read).ifPresent(plan -> file.complain(FileTests.complaints(read, plan))));
            everywhere.add(
                    layers.environment().orElse(""),
                    definition.isPresent() ? Reached.PLANNED : Reached.READ,
                    file.told());
        }
        return everywhere.together();
    }
}
