package dev.firn.schema.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.schema.json.FormatsFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Jazzer has found worth keeping for its targets, {@link DecoderFuzz}, {@link SchemaFuzz} and {@link FormatsFuzz}, again. */
class FuzzCorpusTest {

    private static final Path CORPUS = Path.of("src/test/fuzz");

    @Test
    void everyValueIsARowOrRejected() throws IOException {
        assertThat(all("decoder", DecoderFuzz::fuzzerTestOneInput)).isGreaterThan(100);
    }

    @Test
    void everySchemaIsATableOrComplainedOf() throws IOException {
        assertThat(all("schema", SchemaFuzz::fuzzerTestOneInput)).isGreaterThan(100);
    }

    @Test
    void everyValueInAnotherFormatIsARowOrRejected() throws IOException {
        assertThat(all("formats", FormatsFuzz::fuzzerTestOneInput)).isGreaterThan(100);
    }

    private static int all(String folder, Consumer<byte[]> target) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
            inputs = files.sorted().toList();
        }
        for (Path input : inputs) {
            try {
                target.accept(Files.readAllBytes(input));
            } catch (RuntimeException | Error e) {
                throw new AssertionError(input.toString(), e);
            }
        }
        return inputs.size();
    }
}
