package dev.firn.cli;

import dev.firn.cli.schema.NoSchema;
import dev.firn.cli.schema.SchemaArguments;
import dev.firn.definition.reference.UnresolvedReference;
import dev.firn.spi.source.OutsideException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What verbs share that answer a question about schemas. */
abstract class SchemaQuestionVerb extends Verb {

    @Option(
            names = "--registry",
            paramLabel = "URL",
            description = "The registry that knows the subjects; as `url` of a `registry` in the pipeline file.")
    private @Nullable String registry;

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    Format format = Format.TEXT;

    SchemaQuestionVerb(Screen screen) {
        super(screen);
    }

    @Override
    public final Integer call() {
        try {
            return answer(new SchemaArguments(Optional.ofNullable(registry)));
        } catch (NoSchema wrong) {
            screen.progress("firn: " + wrong.getMessage());
            return ExitCode.FILE;
        } catch (UnresolvedReference wrong) {
            screen.progress("firn: " + wrong.getMessage());
            return ExitCode.FILE;
        } catch (OutsideException outside) {
            screen.progress("firn: " + outside.getMessage());
            return ExitCode.OUTSIDE;
        }
    }

    /** Says it on the screen; answers with the exit code. */
    abstract int answer(SchemaArguments arguments) throws NoSchema;
}
