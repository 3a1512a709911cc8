package dev.firn.definition.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks for the project file: in the pipeline file's folder and those above it, up to one that is a Git work tree's top. */
final class ProjectFinder {

    private ProjectFinder() {}

    /** The nearest one, named as the pipeline file is: by its path from here, or by its whole path. */
    static Optional<Path> find(Path pipelineFile) {
        Path folder = pipelineFile.toAbsolutePath().normalize().getParent();
        while (folder != null) {
            Path file = folder.resolve(Project.FILE);
            if (Files.isRegularFile(file)) {
                return Optional.of(named(file, pipelineFile));
            }
            if (Files.exists(folder.resolve(".git"))) {
                return Optional.empty();
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    private static Path named(Path file, Path pipelineFile) {
        return pipelineFile.isAbsolute()
                ? file
                : Path.of("").toAbsolutePath().normalize().relativize(file);
    }

    /** The folder in which the search begins, as a sentence names it. */
    static String start(Path pipelineFile) {
        Path folder = pipelineFile.getParent();
        return folder == null ? "." : folder.toString();
    }
}
