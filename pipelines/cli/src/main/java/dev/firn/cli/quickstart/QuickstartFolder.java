package dev.firn.cli.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The one folder that a quickstart writes to. */
record QuickstartFolder(Path path) {

    static final Path EXAMPLE = Path.of("examples", "orders", "pipeline.yaml");

    private static final String MARK = ".made-by-firn-quickstart";

    /** Makes the folder, or empties one that an earlier quickstart made: it may be anything the user typed. */
    boolean prepare() throws IOException {
        Path mark = path.resolve(MARK);
        if (Files.exists(path) && !Files.exists(mark)) {
            return false;
        }
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                List<Path> deepestFirst =
                        files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(path);
        Files.createFile(mark);
        return true;
    }

    /** A copy of the example, so that the state that a run keeps beside its file stays in the folder too. */
    Path example() throws IOException {
        Path root = Path.of(System.getProperty("firn.home", ""));
        Path copy = path.resolve("pipeline.yaml");
        Files.copy(root.resolve(EXAMPLE), copy);
        return copy;
    }

    Path devstack() {
        return path.resolve("devstack");
    }

    Path lake() {
        return path.resolve("lake");
    }

    /** The lake as Hadoop reads it, which takes the characters as they are and knows no escapes. */
    String warehouse() {
        return "file://" + lake().toAbsolutePath();
    }

    Path log() {
        return path.resolve("firn.log");
    }
}
