package dev.firn.cli;

import dev.firn.cli.quarantine.RecordPlace;
import dev.firn.cli.quarantine.ShowJson;
import dev.firn.cli.quarantine.ShowText;
import dev.firn.cli.quarantine.ShownRow;
import dev.firn.definition.reference.SystemReferences;
import dev.firn.plan.Planner;
import dev.firn.spi.schema.TableName;
import dev.firn.spi.sink.PayloadOpener;
import dev.firn.spi.sink.QuarantineSelection;
import dev.firn.spi.sink.QuarantinedRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Shows one quarantined record; changes nothing, and the pipeline may run meanwhile. */
@Command(
        name = "show",
        description = "Shows one quarantined record: why it is there, where it came from, and its bytes.",
        sortOptions = false,
        customSynopsis = "firn quarantine show [--env NAME] [--format text|json] FILE RECORD",
        footer = {
            "firn quarantine show orders.yaml orders-0@3889",
            "firn quarantine show --format json orders.yaml kafka/orders-0@3889"
        })
final class QuarantineShowVerb extends Verb {

    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline file.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private Path path;

    @Parameters(
            index = "1",
            paramLabel = "RECORD",
            converter = PlaceWord.class,
            description =
                    "Where it stands, as `firn quarantine list` says it: a stream, a partition, a position, such as orders-0@3889.")
    @SuppressWarnings("NullAway.Init") // picocli fills it before it runs the command.
    private RecordPlace place;

    @Mixin
    private final EnvironmentArgument environment = new EnvironmentArgument();

    @Option(names = "--format", paramLabel = "text|json", description = "How it is written; text unless said.")
    private Format format = Format.TEXT;

    /** A stream, a partition and a position in it. */
    static final class PlaceWord implements ITypeConverter<RecordPlace> {
        @Override
        public RecordPlace convert(String word) {
            return RecordPlace.parse(word).orElseThrow(() -> new TypeConversionException("no place of a record"));
        }
    }

    QuarantineShowVerb(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        PipelineFile file = environment.pipeline(path);
        return new LakeQuestion(screen, file).ask((definition, lake) -> {
            QuarantineSelection ofStream = new QuarantineSelection(
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(place.stream()),
                    Optional.empty(),
                    QuarantineSelection.Payload.READ);
            List<QuarantinedRow> found = new ArrayList<>();
            lake.quarantined(ofStream, row -> {
                if (place.isOf(row.record())) {
                    found.add(row);
                }
                return true;
            });
            found.sort(Comparator.comparing(QuarantinedRow::at)
                    .thenComparing(row -> row.table().orElse("")));
            PayloadOpener opener =
                    new PayloadOpener(Planner.quarantinePayload(definition), SystemReferences.ofThisProcess());
            TableName quarantine = Planner.lakeNames(definition).quarantine();
            if (found.isEmpty()) {
                screen.progress("firn: `" + quarantine + "` has no record " + place
                        + " of the pipeline; it lists them: " + "firn quarantine list " + file.arguments());
                return ExitCode.NO;
            }
            List<ShownRow> opened =
                    found.stream().map(row -> ShownRow.of(row, opener)).toList();
            screen.result(format == Format.JSON ? ShowJson.write(opened) : ShowText.write(opened, file.arguments()));
            return ExitCode.DONE;
        });
    }
}
