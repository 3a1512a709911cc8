package dev.firn.flink.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a pipeline that runs on this machine keeps its Flink state.
 *
 * @param root {@code .firn/<pipeline>} beside the pipeline file
 */
public record LocalFolders(Path root) {

    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

    public static LocalFolders beside(Path pipelineFile, String pipeline) {
        Path folder = pipelineFile.toAbsolutePath().normalize().getParent();
        return new LocalFolders(
                (folder == null ? Path.of("") : folder).resolve(".firn").resolve(pipeline));
    }

    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    public Path savepoints() {
        return root.resolve("savepoints");
    }

    /** A folder as Flink reads it, which takes the characters as they are and knows no escapes. */
    public static String asFlinkPath(Path folder) {
        return org.apache.flink.core.fs.Path.fromLocalFile(folder.toFile()).toString();
    }

    /** A folder as people write it: a path where it is on this machine, else the address. */
    public static String shown(String address) {
        return address.startsWith("file:") ? ofFlinkPath(address).toString() : address;
    }

    static Path ofFlinkPath(String location) {
        return Path.of(new org.apache.flink.core.fs.Path(location).getPath());
    }

    /** The newest complete checkpoint or savepoint, if there is one. */
    public Optional<Path> newestState() throws IOException {
        return states().stream().findFirst();
    }

    /** All complete checkpoints and savepoints, the newest first. */
    public List<Path> states() throws IOException {
        List<Path> folders = new ArrayList<>(foldersIn(savepoints()));
        for (Path job : foldersIn(checkpoints())) {
            folders.addAll(foldersIn(job));
        }
        List<State> states = new ArrayList<>();
        for (Path folder : folders) {
            state(folder).ifPresent(states::add);
        }
        return states.stream()
                .sorted(Comparator.reverseOrder())
                .map(State::folder)
                .toList();
    }

    /** Complete when its metadata is there, which Flink writes last; empty also where a running job removes it just now. */
    private static Optional<State> state(Path folder) throws IOException {
        try {
            BasicFileAttributes metadata = Files.readAttributes(folder.resolve("_metadata"), BasicFileAttributes.class);
            return metadata.size() == 0
                    ? Optional.empty()
                    : Optional.of(new State(metadata.lastModifiedTime(), number(folder), folder));
        } catch (NoSuchFileException incomplete) {
            return Optional.empty();
        }
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (NoSuchFileException missing) {
            return List.of();
        }
    }

    /** Of {@code chk-12}; a savepoint has none, and is what a job ended with. */
    private static long number(Path folder) {
        Matcher name = CHECKPOINT.matcher(String.valueOf(folder.getFileName()));
        return name.matches() ? Long.parseLong(name.group(1)) : Long.MAX_VALUE;
    }

    private record State(FileTime time, long number, Path folder) implements Comparable<State> {
        @Override
        public int compareTo(State other) {
            int byTime = time.compareTo(other.time);
            if (byTime != 0) {
                return byTime;
            }
            int byNumber = Long.compare(number, other.number);
            return byNumber != 0 ? byNumber : folder.compareTo(other.folder);
        }
    }
}
