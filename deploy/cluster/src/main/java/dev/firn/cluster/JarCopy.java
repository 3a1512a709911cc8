package dev.firn.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A class path of a cluster's own, for where the next build takes the jars away that it was started with: Java opens a jar when it needs a
 * class of it, which may be days later.
 */
final class JarCopy {

    /** What the launcher says where jars are a build's: {@code true}. */
    static final String PROPERTY = "firn.cluster.keep-jars";

    private static final String ALL = File.separator + "*";

    private JarCopy() {}

    /** The same cluster, whose jars are linked into its folder where that is called for, else copied there. */
    static ClusterSettings of(ClusterSettings settings) throws IOException {
        if (!Boolean.getBoolean(PROPERTY)) {
            return settings;
        }
        Path lib = settings.folder().resolve("lib");
        delete(lib);
        List<String> entries = new ArrayList<>();
        for (String entry : settings.classPath().split(File.pathSeparator)) {
            entries.add(entry.endsWith(ALL) ? kept(entry, lib) : entry);
        }
        return new ClusterSettings(
                settings.folder(),
                settings.profile(),
                settings.jvmOptions(),
                String.join(File.pathSeparator, entries),
                settings.taskManagers(),
                settings.jobManagers(),
                settings.life(),
                settings.said());
    }

    private static String kept(String entry, Path lib) throws IOException {
        Path from = Path.of(entry.substring(0, entry.length() - ALL.length()));
        Path to = Files.createDirectories(lib.resolve(from.getFileName()));
        for (Path jar : files(from)) {
            Path kept = to.resolve(jar.getFileName());
            try {
                Files.createLink(kept, jar);
            } catch (IOException | UnsupportedOperationException otherDisk) {
                Files.copy(jar, kept);
            }
        }
        return to + ALL;
    }

    private static void delete(Path lib) throws IOException {
        if (!Files.isDirectory(lib)) {
            return;
        }
        for (Path folder : files(lib)) {
            for (Path jar : files(folder)) {
                Files.delete(jar);
            }
            Files.delete(folder);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
