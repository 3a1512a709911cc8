package dev.firn.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.testing.FakeComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LintGoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/lint");
    private static final String REWRITE = "mvn -pl pipelines/definition test -Dtest=LintGoldenTest -Dfirn.golden=write";

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void printsThePageThatWasAgreed(Path file) throws IOException {
        Checked<PipelineDefinition> read = PipelineReader.read(file, new FakeComponents());
        String page = new DiagnosticPrinter(SourceText.onDisk()).print(read.diagnostics());
        Path golden = FOLDER.resolve(file.getFileName().toString().replace(".yaml", ".txt"));
        if ("write".equals(System.getProperty("firn.golden"))) {
            Files.writeString(golden, page);
        }
        assertThat(page)
                .describedAs("%s; if the new page is right, write it with: %s", golden, REWRITE)
                .isEqualTo(Files.exists(golden) ? Files.readString(golden) : "(there is no " + golden + ")");
        assertThat(read.value().isPresent()).isEqualTo(!read.hasErrors());
    }

    @ParameterizedTest
    @MethodSource("files")
    void fitsTheScreenApartFromTheFirstLine(Path file) {
        Checked<PipelineDefinition> read = PipelineReader.read(file, new FakeComponents());
        String page = new DiagnosticPrinter(SourceText.onDisk()).print(read.diagnostics());
        assertThat(page.lines().filter(line -> !line.startsWith("src/")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void hasAGoldenPageForEveryCode() throws IOException {
        StringBuilder pages = new StringBuilder();
        for (Path file : files()) {
            pages.append(Files.readString(
                    FOLDER.resolve(file.getFileName().toString().replace(".yaml", ".txt"))));
        }
        assertThat(Stream.of(DefinitionCode.values())
                        .filter(code -> pages.indexOf("[" + code.code() + "]") < 0)
                        .collect(Collectors.toList()))
                .describedAs("codes without a golden page in %s", FOLDER)
                .isEmpty();
    }
}
