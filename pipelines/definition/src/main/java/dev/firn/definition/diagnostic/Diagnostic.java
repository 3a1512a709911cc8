package dev.firn.definition.diagnostic;

import java.util.Comparator;
import java.util.Optional;

/**
 * One complaint with its place and, where there is one, its mend.
 *
 * @param path where in the definition, in words: {@code source (kafka)}; may be empty
 * @param message lower-case start, present tense, the given value in backticks
 * @param expected what would have been right, if it can be said shortly
 * @param fix what to do, in the imperative, if it is known
 */
public record Diagnostic(
        DiagnosticCode code,
        Severity severity,
        SourceSpan span,
        String path,
        String message,
        Optional<String> expected,
        Optional<String> fix) {

    /** By place, then by code, so that the same file always prints the same page. */
    public static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(Diagnostic::span)
            .thenComparing(diagnostic -> diagnostic.code().code())
            .thenComparing(Diagnostic::message);

    public static Diagnostic error(DiagnosticCode code, SourceSpan span, String message) {
        return new Diagnostic(code, Severity.ERROR, span, "", message, Optional.empty(), Optional.empty());
    }

    public static Diagnostic warning(DiagnosticCode code, SourceSpan span, String message) {
        return new Diagnostic(code, Severity.WARNING, span, "", message, Optional.empty(), Optional.empty());
    }

    /** The same where it need not be so. */
    public Diagnostic asWarning() {
        return new Diagnostic(code, Severity.WARNING, span, path, message, expected, fix);
    }

    public Diagnostic expecting(String what) {
        return new Diagnostic(code, severity, span, path, message, Optional.of(what), fix);
    }

    public Diagnostic fixedBy(String what) {
        return new Diagnostic(code, severity, span, path, message, expected, Optional.of(what));
    }

    /** Filed under one more circumstance, such as {@code environment prod}. */
    public Diagnostic within(String circumstance) {
        String longer = path.isEmpty() ? circumstance : path + ", in " + circumstance;
        return new Diagnostic(code, severity, span, longer, message, expected, fix);
    }

    Diagnostic at(String place) {
        return path.isEmpty() ? new Diagnostic(code, severity, span, place, message, expected, fix) : this;
    }
}
