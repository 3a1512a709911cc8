package dev.firn.definition.diagnostic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a printer finds the line that a diagnostic points at. */
@FunctionalInterface
public interface SourceText {

    /** A line without its break, if the file has it; 1-based. */
    Optional<String> line(String file, int line);

    /** A text that is at hand; only diagnostics of this file show their line. */
    static SourceText of(String file, String text) {
        List<String> lines = text.lines().toList();
        return (asked, line) -> asked.equals(file) ? lineOf(lines, line) : Optional.empty();
    }

    /** Files on disk, each read once; where one can't be read, no line is shown. */
    static SourceText onDisk() {
        Map<String, List<String>> read = new HashMap<>();
        return (file, line) -> lineOf(read.computeIfAbsent(file, SourceText::lines), line);
    }

    private static List<String> lines(String file) {
        try {
            return Files.readString(Path.of(file)).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Optional<String> lineOf(List<String> lines, int line) {
        return line <= lines.size() ? Optional.of(lines.get(line - 1)) : Optional.empty();
    }
}
