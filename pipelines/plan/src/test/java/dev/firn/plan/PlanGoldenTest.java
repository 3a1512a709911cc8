package dev.firn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.PipelineDefinition;
import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.table.Decision;
import dev.firn.plan.testing.Foreseeing;
import dev.firn.plan.testing.Golden;
import dev.firn.plan.testing.Plans;
import dev.firn.spi.evolution.Decided;
import dev.firn.spi.evolution.Foreseen;
import dev.firn.spi.evolution.SchemaChange;
import dev.firn.spi.evolution.WriterView;
import dev.firn.spi.schema.ColumnType.Primitive;
import dev.firn.spi.schema.TableSchema;
import dev.firn.spi.source.NewestSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlanGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/plan");

    /** A folder that has a schema of another stream alone. */
    private static final PulledSchemas EMPTY = new PulledSchemas(
            "schemas",
            "shop.yaml",
            PulledSchemas.Absence.WARNED,
            Map.of(
                    "kafka",
                    (stream, part) -> stream.equals("orders")
                            ? Optional.of(new NewestSchema("orders.avsc", ""))
                            : Optional.empty()),
            Map.of());

    /** What the versions of a schema tell, which a comparison with the newest does not. */
    private static final Foreseen DROPPED = new Foreseen.Takes(
            new TableSchema(List.of()),
            new WriterView(new TableSchema(List.of()), Set.of()),
            List.of(new Decided(new SchemaChange.DropColumn("till", Primitive.INT), Decision.APPLY)));

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void printsThePageThatWasAgreed(Path file) {
        Golden.at(golden(file)).isEqualTo(page(file));
    }

    @ParameterizedTest
    @MethodSource("files")
    void fitsTheScreenApartFromTheFirstLine(Path file) {
        assertThat(page(file).lines().filter(line -> !line.startsWith("src/")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @EnumSource
    void hasAGoldenPageForEveryCode(PlanCode code) {
        assertThat(golden(FOLDER.resolve(code.code() + ".yaml")))
                .exists()
                .content()
                .contains("[" + code.code() + "]");
    }

    private static String page(Path file) {
        PipelineDefinition definition = Plans.definition(file);
        return new DiagnosticPrinter(SourceText.onDisk())
                .print(planned(file, definition).diagnostics());
    }

    private static Checked<PipelinePlan> planned(Path file, PipelineDefinition definition) {
        if (file.endsWith("schema-not-pulled.yaml")) {
            return Planner.plan(definition, Plans.CONNECTORS, new OfflinePlanContext(Plans.CONNECTORS, EMPTY));
        }
        return file.endsWith("column-not-in-schema.yaml")
                ? Plans.checked(definition, new Foreseeing(Optional.of(DROPPED), new ArrayList<>()))
                : Plans.checked(definition);
    }

    private static Path golden(Path file) {
        return FOLDER.resolve(file.getFileName().toString().replace(".yaml", ".txt"));
    }
}
