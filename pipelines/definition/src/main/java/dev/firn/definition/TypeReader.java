package dev.firn.definition;

import dev.firn.definition.bind.Components;
import dev.firn.definition.bind.Unbuilt;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.yaml.Node;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the options record behind {@code type:}. */
record TypeReader(String kind, Components components) {

    /** Words of the grammar that no component stands behind yet. */
    private static final Map<String, Set<String>> COMING = Map.of("source", Set.of("files", "iceberg", "jdbc"));

    /** A word behind {@code type:} that stands for a component. */
    record Known(String word, Class<? extends Record> options) {}

    Optional<Known> read(Node.Mapping component, Diagnostics diagnostics) {
        Optional<Node> node = component.child("type");
        if (node.isEmpty()) {
            diagnostics.report(missing("option `type` is missing", component.span()));
            return Optional.empty();
        }
        if (!(node.get() instanceof Node.Scalar scalar)) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.WRONG_TYPE,
                            node.get().span(),
                            "option `type` is " + node.get().kind())
                    .expecting(expectation()));
            return Optional.empty();
        }
        if (scalar.isNothing()) {
            diagnostics.report(missing("option `type` has no value", scalar.span()));
            return Optional.empty();
        }
        Optional<Class<? extends Record>> options = components.options(kind, scalar.text());
        if (options.isEmpty()) {
            boolean coming = COMING.getOrDefault(kind, Set.of()).contains(scalar.text());
            diagnostics.report(
                    coming
                            ? Unbuilt.complaint("`type: " + scalar.text() + "`", scalar.span())
                                    .expecting(expectation())
                            : unknown(scalar));
        }
        return options.map(record -> new Known(scalar.text(), record));
    }

    private Diagnostic missing(String message, SourceSpan span) {
        return Diagnostic.error(DefinitionCode.MISSING_OPTION, span, message).expecting(expectation());
    }

    private Diagnostic unknown(Node.Scalar scalar) {
        Diagnostic diagnostic = Diagnostic.error(
                        DefinitionCode.UNKNOWN_TYPE, scalar.span(), "unknown " + kind + " type `" + scalar.text() + "`")
                .expecting(expectation());
        return Suggestion.nearest(scalar.text(), components.types(kind))
                .map(word -> diagnostic.fixedBy("write `type: " + word + "`"))
                .orElse(diagnostic);
    }

    private String expectation() {
        return Suggestion.oneOf(components.types(kind));
    }
}
