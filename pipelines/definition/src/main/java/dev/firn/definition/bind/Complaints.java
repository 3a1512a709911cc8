package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.yaml.Node;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words in which the binder says what is wrong with an option. */
final class Complaints {

    private Complaints() {}

    static Diagnostic unknown(Node.Scalar key, Collection<Option> options, Collection<String> allowed) {
        Diagnostic diagnostic = Diagnostic.error(
                        DefinitionCode.UNKNOWN_OPTION, key.span(), "unknown option `" + key.text() + "`")
                .expecting(Suggestion.oneOf(allowed));
        Optional<String> foreign = key.text().contains(".")
                ? options.stream().filter(Option::isOpen).map(Option::name).findFirst()
                : Optional.empty();
        return Suggestion.nearest(key.text(), allowed)
                .map(word -> "rename it to `" + word + "`")
                .or(() -> foreign.map(option -> "move it under `" + option + ":`"))
                .map(diagnostic::fixedBy)
                .orElse(diagnostic);
    }

    static Diagnostic missing(Option option, SourceSpan span) {
        Diagnostic diagnostic =
                Diagnostic.error(DefinitionCode.MISSING_OPTION, span, "option `" + option.name() + "` is missing");
        return line(option).map(line -> "add " + line).map(diagnostic::fixedBy).orElse(diagnostic);
    }

    static Diagnostic withoutUse(Node.Scalar key, String type, OfType types) {
        return Diagnostic.error(
                        DefinitionCode.OPTION_WITHOUT_USE,
                        key.span(),
                        "option `" + key.text() + "` is of no use with `type: " + type + "`")
                .fixedBy("remove it; it goes with " + words(types.value()));
    }

    static String words(String... types) {
        return Arrays.stream(types).map(type -> "`" + type + "`").collect(Collectors.joining(", "));
    }

    static Diagnostic noValue(Option option, String name, SourceSpan span) {
        Diagnostic diagnostic =
                Diagnostic.error(DefinitionCode.MISSING_OPTION, span, "option `" + name + "` has no value");
        String remove = "remove it, or write `\"\"` for an empty text";
        if (!name.equals(option.name())) {
            return diagnostic.fixedBy(remove);
        }
        return diagnostic.fixedBy(line(option)
                .map(line -> "write " + line + (option.isRequired() ? "" : ", or remove it"))
                .orElse(remove));
    }

    private static Optional<String> line(Option option) {
        return option.example().map(example -> "`" + option.name() + ": " + example + "`, for example");
    }

    static Diagnostic wrongKind(Option option, Node node, String name, String expectation) {
        Diagnostic diagnostic = Diagnostic.error(
                        DefinitionCode.WRONG_TYPE, node.span(), "option `" + name + "` is " + node.kind())
                .expecting(expectation);
        return option.isOpen()
                        && !name.equals(option.name())
                        && node instanceof Node.Mapping mapping
                        && !mapping.entries().isEmpty()
                ? diagnostic.fixedBy("write the name with its dots, `"
                        + name.substring(option.name().length() + 1) + "."
                        + mapping.entries().get(0).key().text() + "`")
                : diagnostic;
    }

    static Diagnostic refused(Refusal refusal, ScalarType type, Node.Scalar scalar, String name, boolean secret) {
        String value = secret || scalar.text().isEmpty() ? "" : ": `" + firstLine(scalar.text()) + "`";
        Diagnostic diagnostic = Diagnostic.error(
                        refusal.code(), scalar.span(), "option `" + name + "` " + refusal.predicate() + value)
                .expecting(refusal.expected().orElse(type.expectation()));
        return refusal.fix().map(diagnostic::fixedBy).orElse(diagnostic);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("") + (text.lines().count() > 1 ? " …" : "");
    }

    static String names(Class<? extends Record> type) {
        return Option.of(type).stream()
                .map(option -> "`" + option.name() + "`")
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
