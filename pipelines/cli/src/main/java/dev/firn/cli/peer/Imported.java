package dev.firn.cli.peer;

import java.util.List;

/**
 * A file of another tool in Firn's words.
 *
 * @param tool as a sentence calls what was read
 * @param text the pipeline file, in the form that {@code fmt} gives it
 */
public record Imported(String tool, String text, List<Finding> findings) {

    public Imported {
        findings = List.copyOf(findings);
    }
}
