package dev.firn.cli;

import dev.firn.cli.history.HistoryJson;
import dev.firn.cli.history.HistoryText;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.selector.Names;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.Lake;
import dev.firn.spi.sink.SchemaEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how a table's schema came to be what it is; changes nothing, and the pipeline may run meanwhile. */
@Command(
        name = "history",
        description = {
            "Shows each change of a table's schema: when, the version and the record that brought it, what was decided and why.",
            "What others have done to the table's columns is among it. Answers 1 where there is no such table."
        },
        sortOptions = false,
        customSynopsis = "firn schema history [--env NAME] [--format text|json] FILE TABLE",
        footer = {
            "firn schema history orders.yaml sales.orders",
            "firn schema history --format json orders.yaml sales.orders"
        })
final class SchemaHistoryVerb extends Verb {

    @Parameters(index = "0", paramLabel = "FILE", description = "A pipeline file, whose sink has the table.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Parameters(index = "1", paramLabel = "TABLE", description = "The table's full name, such as `sales.orders`.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private String name;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private CommandSpec spec;

    SchemaHistoryVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        if (!Names.isTableName(name)) {
            throw new ParameterException(spec.commandLine(), "`" + name + "` is no table: " + Names.TABLE_NAME);
        }
        PipelineFile file = environment.pipeline(path);
        return new LakeQuestion(screen, file).ask((definition, lake) -> tell(lake, new TableName(name), file));
    }

    private int tell(Lake lake, TableName table, PipelineFile file) {
        Optional<List<SchemaEvent>> history = lake.schemaHistory(table);
        if (history.isEmpty()) {
            screen.progress("firn: there is no table `" + table + "`" + meant(table, lake));
            return ExitCode.NO;
        }
        screen.result(
                format == Format.JSON
                        ? HistoryJson.write(table, history.get())
                        : HistoryText.write(table, history.get(), file.arguments()));
        return ExitCode.DONE;
    }

    private static String meant(TableName table, Lake lake) {
        List<String> names = lake.tables(String.join(".", table.namespace())).stream()
                .map(TableName::full)
                .sorted()
                .toList();
        return Suggestion.nearest(table.full(), names)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse("");
    }
}
