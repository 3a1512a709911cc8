package dev.firn.definition.yaml;

import dev.firn.definition.diagnostic.Checked;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML text into located nodes; no tag is resolved, so {@code on} and {@code 012} stay what they are. */
public final class YamlReader {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String text;
    private final SpanFinder spans;
    private final Diagnostics diagnostics = new Diagnostics();

    private YamlReader(String file, String text) {
        this.text = text;
        this.spans = new SpanFinder(file, text);
    }

    /**
     * Reads one document.
     *
     * @param file the name that diagnostics give it
     * @return no value where the text is no faithful tree; a value with errors where only keys are doubled
     */
    public static Checked<Node> read(String file, String text) {
        String withoutMark = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return new YamlReader(file, withoutMark).read(file);
    }

    private Checked<Node> read(String file) {
        // Events rather than composed nodes: they show aliases and depth before anything is expanded.
        Parse parse = new Parse(LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setParseComments(false)
                // The parser fails where it looks ahead over the end of its buffer, so that holds the whole text.
                .setBufferSize(text.length() + 1024)
                .build());
        NodeBuilder builder = new NodeBuilder(spans, diagnostics);
        try {
            Optional<Node> root = builder.build(parse.parseString(text).iterator());
            if (root.isEmpty() && !diagnostics.hasErrors()) {
                diagnostics.report(
                        Diagnostic.error(DefinitionCode.EMPTY_FILE, SourceSpan.startOf(file), "the file is empty")
                                .fixedBy("start with `pipeline:`, `source:` and `sink:`"));
            }
            return new Checked<>(root, diagnostics.inOrder());
        } catch (MarkedYamlEngineException e) {
            Diagnostic syntax = syntax(e);
            if (!isTold(syntax.span())) {
                diagnostics.report(syntax);
            }
        } catch (ReaderException e) {
            diagnostics.report(Diagnostic.error(
                    DefinitionCode.YAML_SYNTAX,
                    spans.atCharacter(text, e.getPosition()),
                    String.format("the character U+%04X can't stand in YAML", e.getCodePoint())));
        } catch (YamlEngineException e) {
            diagnostics.report(Diagnostic.error(
                    DefinitionCode.YAML_SYNTAX, SourceSpan.startOf(file), "the YAML can't be read: " + e.getMessage()));
        }
        return Checked.nothing(diagnostics);
    }

    private Diagnostic syntax(MarkedYamlEngineException e) {
        SourceSpan span = spans.at(e.getProblemMark().or(e::getContextMark));
        Optional<Diagnostic> foreign = new ForeignText(spans).upTo(span);
        if (foreign.isPresent()) {
            return foreign.get();
        }
        String problem = Optional.ofNullable(e.getProblem()).orElse("it ends too early");
        String context = Optional.ofNullable(e.getContext())
                .map(text -> " (" + text + ")")
                .orElse("");
        Diagnostic diagnostic = Diagnostic.error(
                DefinitionCode.YAML_SYNTAX, span, "the YAML can't be read: " + inWords(problem) + context);
        return new SyntaxMend(spans, e, span).fix().map(diagnostic::fixedBy).orElse(diagnostic);
    }

    private boolean isTold(SourceSpan span) {
        return diagnostics.inOrder().stream()
                .map(Diagnostic::span)
                .anyMatch(told -> told.line() == span.line() && told.column() == span.column());
    }

    private static String inWords(String problem) {
        return problem.replace("'\\t(TAB)'", "tab")
                .replaceFirst("\\s*\\(10\\)$", " where the line ends")
                .replaceFirst("^expected <block end>, but found '<block .*", "the line is indented as none above it")
                .replaceFirst("\\. ?\\(Do not .*\\)$", "")
                .strip();
    }
}
