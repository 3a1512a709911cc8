package dev.firn.definition.yaml;

import dev.firn.definition.diagnostic.SourceSpan;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What to do about the mistakes that the parser's own words explain badly. */
final class SyntaxMend {

    private static final Pattern GLUED = Pattern.compile("\\s*(- )?[A-Za-z][A-Za-z0-9_-]*:[^\\s/].*");

    private final SpanFinder spans;
    private final MarkedYamlEngineException error;
    private final SourceSpan span;

    /**
     * About one complaint.
     *
     * @param span where the parser stopped
     */
    SyntaxMend(SpanFinder spans, MarkedYamlEngineException error, SourceSpan span) {
        this.spans = spans;
        this.error = error;
        this.span = span;
    }

    Optional<String> fix() {
        String line = spans.line(span);
        if (indentation(line).contains("\t")) {
            return Optional.of("indent with spaces, not with tabs");
        }
        if (line.startsWith("${", line.offsetByCodePoints(0, Math.max(0, span.column() - 2)))) {
            return Optional.of("put the reference in quotes: inside `{ }` and `[ ]` YAML reads its braces");
        }
        String context = Optional.ofNullable(error.getContext()).orElse("");
        String problem = Optional.ofNullable(error.getProblem()).orElse("");
        if (context.contains("alias")) {
            return Optional.of("put the `*` in quotes");
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return colon(line);
        }
        if (context.contains("block mapping") && problem.contains("block end")) {
            return Optional.of("indent the line by "
                    + spaces(spans.at(error.getContextMark()).column() - 1) + ", as line "
                    + spans.at(error.getContextMark()).line() + " is");
        }
        return context.contains("flow") ? Optional.of(bracket()) : Optional.empty();
    }

    /** A colon that YAML takes for the end of a key: in a text, or behind one that has none of its own. */
    private Optional<String> colon(String line) {
        String before = line.substring(0, Math.min(line.length(), span.column() - 1));
        if (before.contains(": ")) {
            return Optional.of("put a text that holds `: ` in quotes");
        }
        int above = span.line() - 1;
        while (above > 1 && spans.line(above).isBlank()) {
            above--;
        }
        return GLUED.matcher(spans.line(above)).matches()
                ? Optional.of("write a space behind the colon in line " + above)
                : Optional.of("indent the line as the ones around it: line " + above + " is a text already");
    }

    private String bracket() {
        SourceSpan opened = spans.at(error.getContextMark());
        if (spans.line(opened).chars().filter(character -> character == '"').count() % 2 == 1) {
            return "close the quote that line " + opened.line() + " opens";
        }
        return opened.line() == span.line()
                ? "put text that holds brackets, braces or commas in quotes"
                : "close the bracket that line " + opened.line() + " opens";
    }

    private static String indentation(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private static String spaces(int count) {
        return count + (count == 1 ? " space" : " spaces");
    }
}
