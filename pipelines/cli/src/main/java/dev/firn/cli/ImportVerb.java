package dev.firn.cli;

import dev.firn.cli.fmt.Replacement;
import dev.firn.cli.peer.Import;
import dev.firn.cli.peer.ImportAnswer;
import dev.firn.cli.peer.ImportJson;
import dev.firn.cli.peer.ImportText;
import dev.firn.cli.peer.Imported;
import dev.firn.cli.peer.NotImportable;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.yaml.Node;
import dev.firn.definition.yaml.TextFile;
import dev.firn.definition.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a pipeline file of another tool's, and says what will behave differently. */
@Command(
        name = "import",
        description = {
            "Writes a pipeline file of another tool's, and lists what will behave differently.",
            "Reads a pipeline of Flink CDC to Iceberg, or an Iceberg sink connector of Kafka Connect, and asks nothing"
                    + " outside. No secret is taken over. Exit code 1 where Firn can't run yet what was written."
        },
        sortOptions = false,
        customSynopsis = "firn import [--out FILE] [--yes] [--format text|json] FILE",
        footer = {"firn import --out orders.yaml sink.json", "firn import --format json flink-cdc.yaml"})
final class ImportVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The other tool's file, YAML or JSON.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Writes the pipeline there, not to stdout; a file that is there is replaced with --yes alone.")
    private @Nullable Path out;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description =
                    "How the list is written; with json it is on stdout, with the pipeline in it. Text unless said.")
    private Format format = Format.TEXT;

    ImportVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        Optional<String> text = TextFile.read(path, diagnostics);
        Checked<Node> tree = text.map(read -> YamlReader.read(path.toString(), asYaml(read)))
                .orElseGet(() -> Checked.nothing(diagnostics));
        if (tree.hasErrors() || tree.value().isEmpty()) {
            screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(tree.diagnostics()));
            return ExitCode.of(tree.diagnostics());
        }
        try {
            return answer(
                    Import.of(String.valueOf(path.getFileName()), tree.value().get()));
        } catch (NotImportable none) {
            screen.progress("firn: `" + path + "` can't be imported: " + none.getMessage());
            screen.progress("  expected: " + Import.KNOWN);
            return ExitCode.FILE;
        }
    }

    /** JSON is YAML, but for its tabs, which stand between values alone. */
    private static String asYaml(String text) {
        return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
    }

    private int answer(Imported imported) throws IOException {
        Path file = Optional.ofNullable(out).orElse(Path.of("pipeline.yaml"));
        List<Diagnostic> lint = PipelineFile.lint(file, imported.text());
        ImportAnswer answer = new ImportAnswer(path.toString(), imported, lint);
        int refused = out == null ? ExitCode.DONE : write(out, imported.text());
        if (refused != ExitCode.DONE) {
            return refused;
        }
        if (format == Format.JSON) {
            screen.result(ImportJson.write(answer));
        } else {
            screen.result(
                    out == null
                            ? imported.text()
                            : out + ": written, " + imported.text().lines().count() + " lines\n");
            screen.diagnostics(ImportText.write(answer));
            if (!answer.wrong().isEmpty()) {
                screen.diagnostics("\n"
                        + new DiagnosticPrinter(SourceText.of(file.toString(), imported.text())).print(answer.wrong()));
            }
            screen.progress("\nnext: " + (out == null ? "firn import --out FILE " + path : "firn lint " + out));
        }
        return answer.runs() ? ExitCode.DONE : ExitCode.NO;
    }

    private int write(Path to, String text) throws IOException {
        if (!Files.exists(to)) {
            try {
                Files.writeString(to, text, StandardOpenOption.CREATE_NEW);
                return ExitCode.DONE;
            } catch (IOException e) {
                return unwritable(to, e);
            }
        }
        if (Files.isSameFile(to, path)) {
            screen.progress("firn: `" + to + "` is the file that is read: name another one");
            return ExitCode.FILE;
        }
        if (!yes) {
            screen.progress("firn: `" + to + "` is there already: name another file, or say `--yes` to replace it");
            return ExitCode.REFUSED;
        }
        try {
            Replacement.write(to, Files.readString(to), text);
            return ExitCode.DONE;
        } catch (IOException e) {
            return unwritable(to, e);
        }
    }

    private int unwritable(Path to, IOException why) {
        screen.progress(
                "firn: `" + to + "` can't be written: " + Failure.of(why).message());
        return ExitCode.OUTSIDE;
    }
}
