package dev.firn.cli;

import dev.firn.cli.fmt.Replacement;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.layout.Layout;
import dev.firn.definition.yaml.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts files in the one form that there is; each comment stays, and so does what the file says. */
@Command(
        name = "fmt",
        description = "Puts pipeline files in the one form that there is; comments stay where they are.",
        sortOptions = false,
        customSynopsis = "firn fmt [--check] FILE...",
        footer = {"firn fmt orders.yaml", "firn fmt --check pipelines/*.yaml"})
final class FmtVerb extends Verb {

    private static final Path PIPED = Path.of("-");

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "One pipeline file, or several; `-` is what is piped in, and is piped out.")
    private List<Path> files = List.of();

    @Option(
            names = "--check",
            description = "Writes nothing; names the files that are not formatted. Exit code 1 if any is.")
    private boolean check;

    private final List<Path> unformatted = new ArrayList<>();

    FmtVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        List<Integer> codes = new ArrayList<>();
        for (Path file : files) {
            codes.add(file.equals(PIPED) ? piped() : file(file));
        }
        if (!unformatted.isEmpty()) {
            screen.result("next: firn fmt "
                    + String.join(" ", unformatted.stream().map(Path::toString).toList()) + "\n");
        }
        // The file's faults before the world's before the answer.
        return Stream.of(ExitCode.FILE, ExitCode.OUTSIDE, ExitCode.NO)
                .filter(codes::contains)
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    private int piped() throws IOException {
        String text = new String(screen.in().readAllBytes(), StandardCharsets.UTF_8);
        Checked<String> formatted = Layout.of(PIPED.toString(), text);
        if (formatted.value().isEmpty()) {
            return refuse(formatted.diagnostics(), SourceText.of(PIPED.toString(), text));
        }
        if (check) {
            return answer(PIPED, formatted.value().get().equals(text));
        }
        screen.result(formatted.value().get());
        return ExitCode.DONE;
    }

    private int file(Path file) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<String> text = TextFile.read(file, diagnostics);
        if (text.isEmpty()) {
            return refuse(diagnostics.inOrder(), SourceText.onDisk());
        }
        String before = text.get();
        Checked<String> formatted = Layout.of(file.toString(), before);
        if (formatted.value().isEmpty()) {
            return refuse(formatted.diagnostics(), SourceText.onDisk());
        }
        String after = formatted.value().get();
        boolean same = after.equals(before);
        if (check) {
            if (!same) {
                unformatted.add(file);
            }
            return answer(file, same);
        }
        return same ? answer(file, true) : replace(file, before, after);
    }

    private int replace(Path file, String before, String after) {
        try {
            Replacement.write(file, before, after);
            screen.result(file + ": formatted\n");
            return ExitCode.DONE;
        } catch (IOException e) {
            screen.progress(
                    "firn: `" + file + "` can't be written: " + Failure.of(e).message());
            return ExitCode.OUTSIDE;
        }
    }

    private int answer(Path file, boolean same) {
        screen.result(file + (same ? ": ok\n" : ": not formatted\n"));
        return same ? ExitCode.DONE : ExitCode.NO;
    }

    private int refuse(List<Diagnostic> diagnostics, SourceText lines) {
        screen.diagnostics(new DiagnosticPrinter(lines).print(diagnostics));
        return ExitCode.of(diagnostics);
    }
}
