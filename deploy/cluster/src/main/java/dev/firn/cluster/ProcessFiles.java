package dev.firn.cluster;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which processes a standing cluster has: a file each, with its id and when it began, in milliseconds since 1970. The system gives an id that has become
 * free to somebody else, so what the process was called with is looked at too before one is ended.
 */
record ProcessFiles(Path cluster, Path folder) {

    private static final Pattern SAID = Pattern.compile("(\\d{1,18}) (\\d{1,18})");
    private static final Duration ABOUT = Duration.ofSeconds(10);

    /** One that was started: the process, where it lives; or one that lives with its id, and nobody can say whether it is that. */
    record Known(String name, Path file, Optional<ProcessHandle> alive, Optional<ProcessHandle> doubtful) {

        /** For people, about a doubtful one. */
        String doubt(ProcessHandle process) {
            return "the process " + process.pid() + " lives, and it can't be told whether it is `" + name
                    + "` of this folder: end it if it is, and delete " + file;
        }
    }

    private enum Whose {
        OURS,
        ANOTHERS,
        UNKNOWN
    }

    static ProcessFiles of(Path cluster) {
        return new ProcessFiles(cluster, cluster.resolve("processes"));
    }

    void write(String name, long pid) {
        long began = ProcessHandle.of(pid).map(ProcessFiles::began).orElse(0L);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name), pid + " " + began + "\n");
        } catch (IOException problem) {
            throw new ClusterException(
                    "can't take down the process of `" + name + "` in `" + folder + "`: " + problem.getMessage(),
                    problem);
        }
    }

    /** Those that were written down, the JobManager first. */
    List<Known> all() throws IOException {
        List<Known> known = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                known.add(known(file));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        return known;
    }

    private Known known(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        Matcher said = SAID.matcher(Files.readString(file).strip());
        Optional<ProcessHandle> living = said.matches()
                ? ProcessHandle.of(Long.parseLong(said.group(1))).filter(ProcessHandle::isAlive)
                : Optional.empty();
        Whose whose = living.map(process -> whose(name, process, Long.parseLong(said.group(2))))
                .orElse(Whose.ANOTHERS);
        return new Known(
                name,
                file,
                living.filter(process -> whose == Whose.OURS),
                living.filter(process -> whose == Whose.UNKNOWN));
    }

    /** A clock that is put right changes when a process is said to have begun, so what it was called with is asked first. */
    private Whose whose(String name, ProcessHandle process, long began) {
        List<String> words = words(process);
        boolean fits = isAbout(began(process), began);
        if (words.isEmpty()) {
            return fits ? Whose.OURS : Whose.UNKNOWN;
        }
        if (!words.contains(Jvm.PROCESS + name)) {
            return Whose.ANOTHERS;
        }
        return fits || words.contains(Jvm.TEMPORARY + Configuration.temporary(cluster)) ? Whose.OURS : Whose.UNKNOWN;
    }

    /** Empty where the system does not say; Java cuts what is longer than a page of memory, so the kernel is asked where it can be. */
    private static List<String> words(ProcessHandle process) {
        try {
            byte[] line = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
            return line.length == 0
                    ? List.of()
                    : List.of(new String(line, Charset.defaultCharset()).split("\\x00", -1));
        } catch (IOException unreadable) {
            return process.info().arguments().map(List::of).orElse(List.of());
        }
    }

    /** The system counts from its own start, which it tells anew each time its clock is put right. */
    private static boolean isAbout(long millis, long other) {
        return Math.abs(millis - other) < ABOUT.toMillis();
    }

    private static long began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
