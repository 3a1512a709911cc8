package dev.firn.definition.diagnostic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prints diagnostics for people, each with its place, its line and its mend:
 *
 * <pre>
 * pipeline.yaml:5:3: error[unknown-option]: unknown option `start-up`
 *   at source (kafka)
 *  5 |   start-up: earliest
 *    |   ^^^^^^^^
 *    expected: one of `name`, `startup`, `topics`
 *    fix: rename it to `startup`                                help: firn help unknown-option
 * </pre>
 */
public final class DiagnosticPrinter {

    private static final int HELP_COLUMN = 62;

    private final SourceText source;

    public DiagnosticPrinter(SourceText source) {
        this.source = source;
    }

    /** All of them and a last line that counts them; nothing for none. */
    public String print(List<Diagnostic> diagnostics) {
        if (diagnostics.isEmpty()) {
            return "";
        }
        SourceText shown = new WithoutSecrets(source, diagnostics);
        return diagnostics.stream().map(diagnostic -> print(diagnostic, shown)).collect(Collectors.joining("\n")) + "\n"
                + summary(diagnostics) + "\n";
    }

    /** How many there are of each severity: {@code 2 errors, 1 warning}. */
    public static String summary(List<Diagnostic> diagnostics) {
        return Arrays.stream(Severity.values())
                .map(severity -> counted(diagnostics, severity))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> counted(List<Diagnostic> diagnostics, Severity severity) {
        long count = diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == severity)
                .count();
        return count == 0 ? Optional.empty() : Optional.of(count + " " + severity.word() + (count == 1 ? "" : "s"));
    }

    private static String print(Diagnostic diagnostic, SourceText shown) {
        List<String> lines = new ArrayList<>();
        SourceSpan span = diagnostic.span();
        String code = diagnostic.code().code();
        lines.add(span + ": " + diagnostic.severity().word() + "[" + code + "]: " + diagnostic.message());
        if (!diagnostic.path().isEmpty()) {
            lines.add("  at " + diagnostic.path());
        }
        String margin = " ".repeat(String.valueOf(span.line()).length() + 2);
        shown.line(span.file(), span.line()).ifPresent(line -> {
            Excerpt excerpt = Excerpt.of(line, span, Wrapping.COLUMNS - margin.length() - 3);
            lines.add((" " + span.line() + " | " + excerpt.text()).stripTrailing());
            lines.add(margin + "| " + excerpt.carets());
        });
        diagnostic.expected().ifPresent(expected -> lines.addAll(Wrapping.wrap(margin + "expected: ", expected)));
        lines.addAll(mend(diagnostic, margin, "help: firn help " + code));
        return lines.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<String> mend(Diagnostic diagnostic, String margin, String help) {
        List<String> lines = new ArrayList<>();
        diagnostic.fix().ifPresent(fix -> lines.addAll(Wrapping.wrap(margin + "fix: ", fix)));
        if (lines.size() == 1
                && lines.get(0).length() < HELP_COLUMN
                && HELP_COLUMN + help.length() <= Wrapping.COLUMNS) {
            String fix = lines.remove(0);
            lines.add(fix + " ".repeat(HELP_COLUMN - fix.length()) + help);
        } else {
            lines.add(margin + help);
        }
        return lines;
    }
}
