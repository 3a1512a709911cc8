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

/** Jazzer looks for bytes that a decoder, and texts that the mapping of schemas or the pipeline file, has no answer to. */
@Tag("heavy")
class FuzzIT {

    /** Seconds for each target; an hour is evidence. */
    private static final int SECONDS = Integer.getInteger("firn.fuzz.seconds", 6);

    private static final Path HOME = Path.of(Objects.requireNonNull(System.getProperty("firn.home")));

    private static final Path REGISTRY = HOME.resolve("schema-registry");

    private static final Path HERE = HOME.resolve("integration-tests/pipelines");

    @TempDir
    private static Path folder;

    /** All look at the same time, for each has its seconds and little to wait for but their end. */
    private static final List<Process> STARTED = new ArrayList<>();

    /** A class with a fuzzer's entry point, the folder that has its corpus beside others, and one more to start from. */
    enum Target {
        DECODER("schema.avro.DecoderFuzz", 2048, REGISTRY, REGISTRY.resolve("src/test/fuzz/decoder")),
        SCHEMA("schema.avro.SchemaFuzz", 4096, REGISTRY, REGISTRY.resolve("src/test/fuzz/schema")),
        FORMATS("schema.json.FormatsFuzz", 1024, REGISTRY, REGISTRY.resolve("src/test/fuzz/formats")),
        PIPELINE_FILE("it.PipelineFileFuzz", 4096, HERE, HOME.resolve("pipelines/definition/src/test/resources/lint"));

        private final String className;
        private final int longest;
        private final Path module;
        private final Path seeds;

        Target(String className, int longest, Path module, Path seeds) {
            this.className = className;
            this.longest = longest;
            this.module = module;
            this.seeds = seeds;
        }

        private String corpus() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
                            "-XX:+UseSerialGC",
                            // In a few seconds there is nothing to gain from the compiler that takes longer.
                            SECONDS < 60 ? "-XX:TieredStopAtLevel=1" : "-XX:TieredStopAtLevel=4",
                            "-cp",
                            classPath(),
                            "com.code_intelligence.jazzer.Jazzer",
                            "--target_class=dev.firn." + className,
                            "--instrumentation_includes=dev.firn.**",
                            // To hook into every library takes longer than the rest, and finds nothing that is ours.
                            "--custom_hook_includes=dev.firn.**",
                            // Whoever writes a regular expression in a pipeline file may.
                            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
                            "-max_total_time=" + SECONDS,
                            "-max_len=" + longest,
                            "-timeout=90",
                            "-rss_limit_mb=3000",
                            "-print_final_stats=1",
                            "-artifact_prefix=" + folder + File.separator,
                            found.toString(),
                            module.resolve("src/test/fuzz").resolve(corpus()).toString(),
                            seeds.toString()))
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
                .as(() -> end(log))
                .isTrue();
        assertThat(fuzzer.exitValue()).as(() -> end(log)).isZero();
        assertThat(end(log)).contains("Done ").doesNotContain("== Java Exception");
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

    /** Jazzer first lists thousands of classes; what it has found stands at the end. */
    private static String end(Path log) {
        List<String> lines = text(log)
                .lines()
                .filter(line -> !line.startsWith("INFO: ") && !line.startsWith("\t- "))
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 80), lines.size()));
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
