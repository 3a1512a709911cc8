package dev.firn.benchmarks.harness;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/**
 * Where and when was measured.
 *
 * @param commit of Firn, short; with a `+` where the work tree had changes
 * @param words processor, memory, Java
 * @param load of the last minute, before the first process was started
 */
record Machine(String date, String commit, String words, double load) {

    private static final double GIB = 1024.0 * 1024;

    static Machine here(Path home) throws IOException, InterruptedException {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                said(home, "git", "rev-parse", "--short", "HEAD")
                        + (said(home, "git", "status", "--porcelain").isEmpty() ? "" : "+"),
                String.format(
                        "%d processors (%s), %.0f GiB, Java %s",
                        Runtime.getRuntime().availableProcessors(),
                        value("/proc/cpuinfo", "model name"),
                        Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / GIB,
                        System.getProperty("java.version")),
                loadNow());
    }

    static double loadNow() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String value(String file, String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        }
    }

    private static String said(Path home, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(home.toFile()).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return text;
    }
}
