package dev.firn.definition.yaml;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SourceSpan;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Signs that editors, web pages and other tools leave in a file, and that YAML fails at in words of its own. */
final class ForeignText {

    private record Mark(Pattern sign, String what, String fix) {}

    private static final List<Mark> MARKS = List.of(
            new Mark(
                    Pattern.compile("^(<<<<<<<|=======|>>>>>>>)(?= |$)"),
                    "the mark of a merge conflict",
                    "resolve the conflict and remove its marks"),
            new Mark(Pattern.compile("^```"), "a mark of Markdown", "remove the line"),
            new Mark(
                    Pattern.compile("\\{\\{"),
                    "a template",
                    "render the template first, or write `${env:X}` for what changes"),
            new Mark(
                    Pattern.compile("[\\u00a0\\u2000-\\u200b\\u202f\\u3000\\ufeff]"),
                    "a space that YAML takes for a letter",
                    "write an ordinary space for it"),
            new Mark(
                    Pattern.compile("[\\u2018\\u2019\\u201c\\u201d]"),
                    "a typographic quote",
                    "write a straight quote, `\"`, for each"));

    private final SpanFinder spans;

    ForeignText(SpanFinder spans) {
        this.spans = spans;
    }

    /** The first such sign in the lines up to where the parser stopped. */
    Optional<Diagnostic> upTo(SourceSpan stopped) {
        return IntStream.rangeClosed(1, stopped.line())
                .mapToObj(number -> in(stopped.file(), number))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Diagnostic> in(String file, int number) {
        String line = spans.line(number);
        return line.stripLeading().startsWith("#")
                ? Optional.empty()
                : MARKS.stream()
                        .flatMap(mark -> complaint(mark, file, number, line).stream())
                        .min(Diagnostic.BY_PLACE);
    }

    private static Optional<Diagnostic> complaint(Mark mark, String file, int number, String line) {
        Matcher found = mark.sign().matcher(line);
        if (!found.find()) {
            return Optional.empty();
        }
        String sign = found.group();
        // One that can't be told from others by its looks has a number.
        String code = sign.length() == 1 ? String.format(" (U+%04X)", sign.codePointAt(0)) : "";
        SourceSpan span = new SourceSpan(file, number, line.codePointCount(0, found.start()) + 1, sign.length());
        return Optional.of(Diagnostic.error(
                        DefinitionCode.YAML_SYNTAX, span, "the YAML can't be read: it holds " + mark.what() + code)
                .fixedBy(mark.fix()));
    }
}
