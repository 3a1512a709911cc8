package dev.firn.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jazzer looks for bytes that a decoder, and texts that the mapping of schemas, has no answer to. */
@Tag("heavy")
class FuzzIT {

    /** Seconds for each target; an hour is evidence. */
    private static final int SECONDS = Integer.getInteger("firn.fuzz.seconds", 8);

    private static final Path REGISTRY =
            Path.of(Objects.requireNonNull(System.getProperty("firn.home")), "schema-registry");

    @TempDir
    private static Path folder;

    /** All look at the same time, for each has its seconds and little to wait for but their end. */
    private static final List<Process> STARTED = new ArrayList<>();

    /** A class with a fuzzer's entry point, and the folder of its corpus. */
    enum Target {
        DECODER("avro.DecoderFuzz", 2048),
        SCHEMA("avro.SchemaFuzz", 4096),
        FORMATS("json.FormatsFuzz", 1024);

        private final String className;
        private final int longest;

        Target(String className, int longest) {
            this.className = className;
            this.longest = longest;
        }

        private String corpus() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Path log() {
            return folder.resolve(corpus() + ".log");
        }

        private Process start() throws IOException {
            Path found = Files.createDirectories(folder.resolve(corpus()));
            return new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-cp",
                            classPath(),
                            "com.code_intelligence.jazzer.Jazzer",
                            "--target_class=dev.firn.schema." + className,
                            "--instrumentation_includes=dev.firn.schema.**",
                            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                            "-max_total_time=" + SECONDS,
                            "-max_len=" + longest,
                            "-timeout=30",
                            "-rss_limit_mb=3000",
                            "-print_final_stats=1",
                            "-artifact_prefix=" + folder + File.separator,
                            found.toString(),
                            REGISTRY.resolve("src/test/fuzz").resolve(corpus()).toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log().toFile()))
                    .start();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        for (Target target : Target.values()) {
            STARTED.add(target.start());
        }
    }

    @AfterAll
    static void end() {
        STARTED.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsWithoutAnAnswer(Target target) throws Exception {
        Path log = target.log();
        Process fuzzer = STARTED.get(List.of(Target.values()).indexOf(target));
        assertThat(fuzzer.waitFor(SECONDS + 120L, TimeUnit.SECONDS))
                .as(() -> text(log))
                .isTrue();
        assertThat(fuzzer.exitValue()).as(() -> text(log)).isZero();
        assertThat(text(log)).contains("Done ").doesNotContain("== Java Exception");
        Files.writeString(
                Path.of("target", "fuzz.md"),
                text(log)
                        .lines()
                        .filter(line -> line.startsWith("Done "))
                        .map(line -> "| " + target.className + " | " + line + " |\n")
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
