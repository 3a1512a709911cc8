package dev.firn.cli;

import dev.firn.cli.quarantine.ListJson;
import dev.firn.cli.quarantine.ListText;
import dev.firn.cli.quarantine.Newest;
import dev.firn.plan.Planner;
import dev.firn.spi.sink.QuarantineSelection.Payload;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Lists a pipeline's quarantined records; changes nothing, and the pipeline may run meanwhile. */
@Command(
        name = "list",
        description = "Lists a pipeline's quarantined records that were not put back, the newest first.",
        sortOptions = false,
        customSynopsis = "firn quarantine list [--code CODE]... [--table TABLE]... [--stream STREAM]... [--since TIME]"
                + " [--limit N] [--all] [--env NAME] [--format text|json] FILE",
        footer = {
            "firn quarantine list orders.yaml",
            "firn quarantine list --code truncated-payload --since 1d --limit 100 orders.yaml"
        })
final class QuarantineListVerb extends Verb {

    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Mixin
    private final QuarantineArguments records = new QuarantineArguments();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Count.class,
            description = "How many are shown; 20 unless said, 10,000 at most.")
    private int limit = 20;

    @Option(names = "--all", description = "Those, too, that were put back.")
    private boolean all;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    /** As many as a screen and a memory take. */
    static final class Count implements ITypeConverter<Integer> {

        private static final int MOST = 10_000;

        @Override
        public Integer convert(String text) {
            int count = Integer.parseInt(text);
            if (count < 1 || count > MOST) {
                throw new TypeConversionException("no count");
            }
            return count;
        }
    }

    QuarantineListVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        PipelineFile file = environment.pipeline(path);
        return new LakeQuestion(screen, file).ask((definition, lake) -> {
            Newest newest = new Newest(Planner.lakeNames(definition).quarantine(), limit);
            lake.quarantined(records.selection(Instant.now(), Payload.LEFT), row -> {
                if (all || row.replayed().isEmpty()) {
                    newest.add(row);
                }
                return true;
            });
            screen.result(format == Format.JSON ? ListJson.write(newest) : ListText.write(newest, file.arguments()));
            return ExitCode.DONE;
        });
    }
}
