package dev.firn.cli;

import dev.firn.cli.schema.NoSchema;
import dev.firn.cli.schema.SchemaArguments;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.spi.source.OutsideException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What verbs share whose arguments may be subjects of a registry. */
abstract class RegistryVerb extends Verb {

    @Option(
            names = "--registry",
            paramLabel = "URL|FILE",
            description =
                    "The registry that knows the subjects: its URL, or a pipeline file, whose login and `tls` count"
                            + " too.")
    private @Nullable String registry;

    RegistryVerb(Screen screen) {
        super(screen);
    }

    @Override
    public final Integer call() {
        try {
            return answer(new SchemaArguments(Optional.ofNullable(registry)));
        } catch (NoSchema wrong) {
            return refused(wrong);
        } catch (UnresolvedReference wrong) {
            screen.progress("firn: " + wrong.getMessage());
            return ExitCode.FILE;
        } catch (OutsideException outside) {
            screen.progress("firn: " + outside.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    private int refused(NoSchema wrong) {
        if (wrong.diagnostics().isEmpty()) {
            screen.progress("firn: " + wrong.getMessage());
            return ExitCode.FILE;
        }
        screen.diagnostics(new DiagnosticPrinter(SourceText.onDisk()).print(wrong.diagnostics()));
        return ExitCode.of(wrong.diagnostics());
    }

    /** Says it on the screen; answers with the exit code. */
    abstract int answer(SchemaArguments arguments) throws NoSchema;
}
