package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jazzer looks for bytes that the decoder, and texts that the mapping of schemas, has no answer to. */
@Tag("heavy")
class FuzzIT {

    /** Seconds for each target; an hour is evidence. */
    private static final int SECONDS = Integer.getInteger("firn.fuzz.seconds", 12);

    private static final Path REGISTRY =
            Path.of(Objects.requireNonNull(System.getProperty("firn.home")), "schema-registry");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"DecoderFuzz, decoder, 2048", "SchemaFuzz, schema, 4096"})
    void nothingIsWithoutAnAnswer(String target, String corpus, int longest) throws Exception {
        Path found = Files.createDirectories(folder.resolve(corpus));
        Path log = folder.resolve(corpus + ".log");
        Process fuzzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        classPath(),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=dev.firn.schema.avro." + target,
                        "--instrumentation_includes=dev.firn.schema.**",
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                        "-max_total_time=" + SECONDS,
                        "-max_len=" + longest,
                        "-timeout=30",
                        "-rss_limit_mb=3000",
                        "-print_final_stats=1",
                        "-artifact_prefix=" + folder + File.separator,
                        found.toString(),
                        REGISTRY.resolve("src/test/fuzz").resolve(corpus).toString()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        try {
            assertThat(fuzzer.waitFor(SECONDS + 120L, TimeUnit.SECONDS))
                    .as(() -> text(log))
                    .isTrue();
            assertThat(fuzzer.exitValue()).as(() -> text(log)).isZero();
            assertThat(text(log)).contains("Done ").doesNotContain("== Java Exception");
        } finally {
            fuzzer.destroyForcibly();
        }
        Files.writeString(
                Path.of("target", "fuzz.md"),
                text(log)
                        .lines()
                        .filter(line -> line.startsWith("Done "))
                        .map(line -> "| " + target + " | " + line + " |\n")
                        .collect(Collectors.joining()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** The targets are tests of their module; Jazzer's own jars are on the class path of this one. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                REGISTRY.resolve("target/test-classes").toString(),
                System.getProperty("java.class.path"));
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
