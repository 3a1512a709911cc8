package dev.firn.cli.peer;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Severity;
import java.util.List;

/**
 * A file that was imported, and what {@code lint} says of it.
 *
 * @param file the other tool's, as the command line names it
 */
public record ImportAnswer(String file, Imported imported, List<Diagnostic> diagnostics) {

    public ImportAnswer {
        diagnostics = diagnostics.stream()
                .filter(found -> found.severity() == Severity.ERROR)
                .toList();
    }

    /** Whether Firn can run it. */
    public boolean runs() {
        return diagnostics.isEmpty();
    }

    List<Diagnostic> unbuilt() {
        return diagnostics.stream()
                .filter(found -> found.code() == DefinitionCode.NOT_BUILT_YET)
                .toList();
    }

    /** What has to be mended in the file before it can be linted through. */
    public List<Diagnostic> wrong() {
        return diagnostics.stream()
                .filter(found -> found.code() != DefinitionCode.NOT_BUILT_YET)
                .toList();
    }
}
