package dev.firn.definition.diagnostic;

import java.util.List;
import java.util.Optional;

/** A value, where there is one, and everything there is to say about it; a value may come with errors. */
public record Checked<T>(Optional<T> value, List<Diagnostic> diagnostics) {

    public Checked {
        diagnostics = List.copyOf(diagnostics);
    }

    public static <T> Checked<T> of(T value, Diagnostics diagnostics) {
        return new Checked<>(Optional.of(value), diagnostics.inOrder());
    }

    public static <T> Checked<T> nothing(Diagnostics diagnostics) {
        return new Checked<>(Optional.empty(), diagnostics.inOrder());
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(diagnostic -> diagnostic.severity() == Severity.ERROR);
    }
}
