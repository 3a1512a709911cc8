package dev.firn.it.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The {@code firn} command. */
public final class Firn {

    private static final long MINUTES = 4;

    /** SIGINT, number 2, in the masks of {@code /proc}. */
    private static final long INTERRUPT = 1 << 1;

    /** Options of a process that is over before the second compiler would pay. */
    static final List<String> SMALL = List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private Firn() {}

    /** What a verb answered. */
    public record Answer(int exitCode, String out, String err) {}

    /** Runs a verb to its end, in a process that has answered others before; its log is not written. */
    public static Answer run(Map<String, String> environment, String... arguments) {
        return StandingFirn.answer(environment, List.of(arguments));
    }

    /**
     * Runs a verb to its end in a process of its own, as a user starts it: where its log is looked at, where it goes on after another process, and
     * where nothing may be left of what came before.
     */
    public static Answer runAlone(Map<String, String> environment, String... arguments) {
        try (Started started = start(environment, arguments)) {
            return started.answer();
        }
    }

    /** Starts a verb in a process of its own, as a user does. */
    public static Started start(Map<String, String> environment, String... arguments) {
        return startWith(SMALL, environment, arguments);
    }

    /** Starts a verb in a process with these options of the JVM. */
    public static Started startWith(List<String> jvmOptions, Map<String, String> environment, String... arguments) {
        List<String> options = new ArrayList<>(SharedClasses.options());
        options.addAll(jvmOptions);
        return startPlainly(options, SharedClasses.classPath(), environment, arguments);
    }

    /** The same without classes that are shared. */
    static Started startPlainly(
            List<String> jvmOptions, String classPath, Map<String, String> environment, String... arguments) {
        List<String> command = command(jvmOptions, classPath, "dev.firn.cli.Main", arguments);
        try {
            Files.createDirectories(Stack.folder());
            Path out = Files.createTempFile(Stack.folder(), "firn", ".out");
            Path err = Files.createTempFile(Stack.folder(), "firn", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            return new Started(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> command(List<String> jvmOptions, String classPath, String main, String... arguments) {
        List<String> command = new ArrayList<>(interruptible());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path home = Path.of(System.getProperty("firn.home", ".")).toAbsolutePath();
        command.add("@" + home.resolve("flink-conf/jvm.options"));
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-Dfirn.home=" + home,
                "-Dfirn.devstack.home=" + System.getProperty("firn.devstack.home"),
                "-cp",
                classPath,
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * What stands in front of a command so that it hears Ctrl-C: a shell starts what runs in the background, and so all
     * of its children, with that signal ignored, and a JVM leaves an ignored signal ignored.
     */
    private static List<String> interruptible() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            boolean ignored = lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & INTERRUPT) != 0);
            return ignored ? List.of("env", "--default-signal=INT") : List.of();
        } catch (IOException notLinux) {
            return List.of();
        }
    }

    /** A verb under way. */
    public record Started(Process process, Path out, Path err) implements AutoCloseable {

        public Answer answer() {
            return answer(MINUTES);
        }

        public Answer answer(long minutes) {
            try {
                if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("firn did not end within " + minutes + " minutes:\n" + text(err));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return new Answer(process.exitValue(), text(out), text(err));
        }

        /** What it has said so far on stderr. */
        public String said() {
            return text(err);
        }

        /** SIGKILL: nothing is closed, flushed or told. */
        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** SIGINT, as Ctrl-C sends it. */
        public void interrupt() throws IOException, InterruptedException {
            int code = new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("the process could not be interrupted");
            }
        }

        private static String text(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
