package dev.firn.cli.lint;

import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.DiagnosticPrinter;
import dev.firn.definition.diagnostic.SourceText;
import dev.firn.definition.diagnostic.SuppressedDiagnostic;
import dev.firn.definition.diagnostic.Told;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code lint} says of one file, for people. */
public final class LintText {

    private LintText() {}

    /** The complaints, or that all is well; what is suppressed is counted. */
    public static String write(Path file, Told told) {
        String counted = told.suppressed().isEmpty() ? "" : ", " + count(told.suppressed()) + " suppressed";
        if (told.diagnostics().isEmpty()) {
            return file + ": ok" + counted + "\n";
        }
        String page = new DiagnosticPrinter(SourceText.onDisk()).print(told.diagnostics());
        return page.stripTrailing() + counted + "\n";
    }

    private static String count(List<SuppressedDiagnostic> suppressed) {
        List<Diagnostic> diagnostics =
                suppressed.stream().map(SuppressedDiagnostic::diagnostic).toList();
        return DiagnosticPrinter.summary(diagnostics);
    }

    /** The same, with what is suppressed and why in front. */
    public static String verbose(Path file, Told told) {
        return told.suppressed().stream().map(LintText::meant).collect(Collectors.joining()) + write(file, told);
    }

    private static String meant(SuppressedDiagnostic meant) {
        Diagnostic diagnostic = meant.diagnostic();
        String path = diagnostic.path().isEmpty() ? "" : "  at " + diagnostic.path() + "\n";
        return diagnostic.span() + ": " + diagnostic.severity().word() + "["
                + diagnostic.code().code() + "], suppressed: " + diagnostic.message() + "\n" + path
                + "  reason: " + meant.reason().strip().replaceAll("\\s+", " ") + "\n\n";
    }
}
