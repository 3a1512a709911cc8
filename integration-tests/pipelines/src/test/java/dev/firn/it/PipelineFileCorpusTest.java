package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.firn.it.testing.Golden;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link PipelineFileFuzz} starts from and what it has found, again. */
class PipelineFileCorpusTest {

    private static final long ALLOCATED_PER_BYTE = 50_000;

    private static final long ALLOCATED = 16 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "integration-tests/pipelines/src/test/fuzz/pipeline-file",
                "pipelines/definition/src/test/resources/lint",
                "examples"
            })
    void everyTextIsAPlanOrComplainedOf(String folder) throws IOException {
        List<Path> texts;
        try (Stream<Path> files = Files.walk(Golden.file(folder))) {
            texts = files.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(texts).hasSizeGreaterThan(2);
        for (Path text : texts) {
            byte[] bytes = Files.readAllBytes(text);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                PipelineFileFuzz.fuzzerTestOneInput(bytes);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(text.toString(), e);
            }
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as(text.toString())
                    .isLessThan(ALLOCATED + ALLOCATED_PER_BYTE * bytes.length);
        }
    }
}
