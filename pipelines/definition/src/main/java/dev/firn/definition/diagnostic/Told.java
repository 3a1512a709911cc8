package dev.firn.definition.diagnostic;

import java.util.List;

/** Complaints, apart from those that are meant. */
public record Told(List<Diagnostic> diagnostics, List<SuppressedDiagnostic> suppressed) {

    public Told {
        diagnostics = List.copyOf(diagnostics);
        suppressed = List.copyOf(suppressed);
    }
}
