package dev.firn.definition.diagnostic;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints diagnostics for programs: {@code {"version":1,"diagnostics":[…]}}, one diagnostic a line, always the same keys. */
public final class DiagnosticJson {

    private static final int VERSION = 1;

    private DiagnosticJson() {}

    public static String print(List<Diagnostic> diagnostics) {
        return print(new Told(diagnostics, List.of()));
    }

    /** Those that are suppressed behind the others, with the reason. */
    public static String print(Told told) {
        String opening = "{\"version\":" + VERSION + ",\"diagnostics\":[";
        return told.diagnostics().isEmpty() && told.suppressed().isEmpty()
                ? opening + "]}\n"
                : Stream.concat(
                                told.diagnostics().stream().map(diagnostic -> object(diagnostic, "null")),
                                told.suppressed().stream()
                                        .map(meant -> object(meant.diagnostic(), quoted(meant.reason()))))
                        .collect(Collectors.joining(",\n  ", opening + "\n  ", "\n]}\n"));
    }

    private static String object(Diagnostic diagnostic, String suppressed) {
        SourceSpan span = diagnostic.span();
        return "{" + text("code", diagnostic.code().code())
                + "," + text("severity", diagnostic.severity().word())
                + "," + text("file", span.file())
                + ",\"line\":" + span.line() + ",\"column\":" + span.column() + ",\"length\":" + span.length()
                + "," + text("path", diagnostic.path())
                + "," + text("message", diagnostic.message())
                + ",\"expected\":"
                + diagnostic.expected().map(DiagnosticJson::quoted).orElse("null")
                + ",\"fix\":" + diagnostic.fix().map(DiagnosticJson::quoted).orElse("null")
                + ",\"suppressed\":" + suppressed + "}";
    }

    private static String text(String key, String value) {
        return quoted(key) + ":" + quoted(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> quoted.append(escaped((char) character)));
        return quoted.append('"').toString();
    }

    private static String escaped(char character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> character < ' ' || Character.isSurrogate(character)
                    ? String.format("\\u%04x", (int) character)
                    : String.valueOf(character);
        };
    }
}
