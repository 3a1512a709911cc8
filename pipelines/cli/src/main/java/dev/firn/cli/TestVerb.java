package dev.firn.cli;

import dev.firn.cli.tests.FileTests;
import dev.firn.cli.tests.JUnitXml;
import dev.firn.cli.tests.TestJson;
import dev.firn.cli.tests.TestText;
import dev.firn.cli.tests.TestedFile;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.project.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the tests of pipeline files; no job, no broker, no registry, no catalog. */
@Command(
        name = "test",
        description = {
            "Runs the tests that stand in pipeline files, under `tests:`.",
            "Their records take the way of the job, through its decoders, routes and rules, and nothing outside is asked: schemas"
                    + " are those that `firn schema pull` wrote. Answers 1 where a test fails."
        },
        sortOptions = false,
        customSynopsis = "firn test [--junit XML] [--env NAME] [--format text|json] FILE...",
        footer = {"firn test orders.yaml", "firn test --junit target/pipelines.xml pipelines/"})
final class TestVerb extends Verb {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "One pipeline file, or several; of a folder, all `.yaml` right in it.")
    private List<Path> paths = List.of();

    @Option(
            names = "--junit",
            paramLabel = "XML",
            description = "Writes the results to this file too, as build servers read them.")
    private @Nullable Path junit;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    TestVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        List<TestedFile> tested = new ArrayList<>();
        for (Path path : files()) {
            TestedFile file = FileTests.run(environment.pipeline(path));
            tested.add(file);
            screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(file.complaints()));
            if (format == Format.TEXT) {
                screen.result(TestText.write(file));
            }
        }
        screen.result(format == Format.JSON ? TestJson.write(tested) : TestText.summary(tested));
        if (junit != null && !written(junit, JUnitXml.write(tested))) {
            return ExitCode.OUTSIDE;
        }
        return code(tested);
    }

    private int code(List<TestedFile> tested) {
        List<Diagnostic> complaints =
                tested.stream().flatMap(file -> file.complaints().stream()).toList();
        int code = ExitCode.of(complaints);
        if (code != ExitCode.DONE) {
            return code;
        }
        if (tested.stream().allMatch(file -> file.outcomes().isEmpty())) {
            screen.progress("firn: there is no `tests:` in what was named; docs/testing.md shows one");
            return ExitCode.FILE;
        }
        return tested.stream().anyMatch(file -> file.failed() > 0) ? ExitCode.NO : ExitCode.DONE;
    }

    /** A folder stands for the pipeline files right in it. */
    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.list(path)) {
                inside.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith(Project.FILE))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    private boolean written(Path file, String text) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return true;
        } catch (IOException e) {
            screen.progress("firn: `" + file + "` can't be written: " + e.getMessage());
            return false;
        }
    }
}
