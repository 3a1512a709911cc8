package dev.firn.benchmarks.harness;

import dev.firn.benchmarks.measure.Work;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A contender in a JVM of its own, with the same memory as each other. */
public final class ContenderProcess {

    private static final int LAST_LINES = 15;

    private final Contender contender;
    private final Path home;
    private final Path folder;

    /**
     * @param home Firn's
     * @param folder of its own; gets the work, the log, what else it writes
     */
    public ContenderProcess(Contender contender, Path home, Path folder) {
        this.contender = contender;
        this.home = home;
        this.folder = folder;
    }

    /**
     * Does the work in it.
     *
     * @param jvmOptions beside those that all get
     * @param words what the main class is told beside what it always is
     * @throws IOException if it does not end well, with the end of its log
     */
    public Measured measure(Work work, List<String> jvmOptions, List<String> words, long limitSeconds)
            throws IOException, InterruptedException {
        Process process = start(work, jvmOptions, words);
        List<String> lines = new ArrayList<>();
        Thread reader = new Thread(() -> read(process, lines), "lines of " + contender.word());
        reader.start();
        if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException(
                    contender.title() + " was not done after " + limitSeconds + " s; its log ends:\n" + endOfLog());
        }
        reader.join();
        if (process.exitValue() != 0) {
            throw new IOException(contender.title() + " failed; its log ends:\n" + endOfLog());
        }
        return measured(lines);
    }

    /** Starts it; whoever calls this ends it. */
    public Process start(Work work, List<String> jvmOptions, List<String> words) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("work.properties");
        work.write(file);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + home.resolve("flink-conf/jvm.options"));
        Path own = module().resolve("jvm.options");
        if (Files.exists(own)) {
            command.add("@" + own);
        }
        command.addAll(List.of("-Xms2g", "-Xmx2g", "-Dlog4j2.configurationFile=measured-log4j2.properties"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(), contender.mainClass(), file.toString()));
        command.addAll(contender.words());
        command.addAll(words);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(log().toFile())
                .start();
    }

    private Path module() {
        return home.resolve("benchmarks").resolve(contender.module());
    }

    /** Iceberg's jar first: it carries a library that Kafka's client has too. */
    private String classPath() throws IOException {
        Path target = module().resolve("target");
        List<Path> entries = new ArrayList<>(List.of(target.resolve("classes")));
        List<Path> folders = contender == Contender.SQL
                ? List.of(target.resolve("lib"), target.resolve("sql"))
                : List.of(target.resolve("lib"));
        for (Path lib : folders) {
            try (Stream<Path> jars = Files.list(lib)) {
                jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().forEach(entries::add);
            }
        }
        return entries.stream()
                .sorted((one, other) -> Boolean.compare(isIceberg(other), isIceberg(one)))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
    }

    private static boolean isIceberg(Path entry) {
        return entry.getFileName().toString().startsWith("iceberg-flink-runtime");
    }

    private static void read(Process process, List<String> lines) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add("unreadable\t" + e);
        }
    }

    private Measured measured(List<String> lines) throws IOException {
        List<Measured.Repetition> repetitions = new ArrayList<>();
        long peak = 0;
        for (String line : lines) {
            String[] fields = line.split("\t");
            if (fields[0].equals("repetition")) {
                repetitions.add(new Measured.Repetition(
                        Long.parseLong(fields[2]), Long.parseLong(fields[3]), Long.parseLong(fields[4])));
            } else if (fields[0].equals("peak")) {
                peak = Long.parseLong(fields[1]);
            }
        }
        if (repetitions.isEmpty()) {
            throw new IOException(contender.title() + " said nothing; its log ends:\n" + endOfLog());
        }
        return new Measured(
                repetitions, peak, LoggedTimes.CHECKPOINTS.millis(log()), LoggedTimes.COMMITS.millis(log()));
    }

    private Path log() {
        return folder.resolve("log");
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.readAllLines(log());
        return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
                .collect(Collectors.joining("\n  ", "  ", "\n  (" + log() + ")"));
    }
}
