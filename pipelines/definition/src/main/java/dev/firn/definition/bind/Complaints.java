package dev.firn.definition.bind;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.yaml.Node;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words in which the binder says what is wrong with an option. */
final class Complaints {

    private Complaints() {}

    static Diagnostic unknown(Node.Scalar key, Optional<Meant> meant, Collection<String> allowed) {
        Diagnostic diagnostic = Diagnostic.error(
                        DefinitionCode.UNKNOWN_OPTION, key.span(), "unknown option `" + key.text() + "`")
                .expecting(Suggestion.oneOf(allowed));
        return meant.map(Meant::fix).map(diagnostic::fixedBy).orElse(diagnostic);
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
        if (option.isOpen() && !name.equals(option.name())) {
            return inOpen(option, node, name.substring(option.name().length() + 1))
                    .map(diagnostic::fixedBy)
                    .orElse(diagnostic);
        }
        boolean shown = name.equals(option.name()) && !option.isSecret();
        return shown
                ? line(option).map(line -> diagnostic.fixedBy("write " + line)).orElse(diagnostic)
                : diagnostic;
    }

    /** Foreign names have dots where YAML would have levels; and an option that stands too deep looks like one. */
    private static Optional<String> inOpen(Option option, Node node, String key) {
        if (option.beside().stream().anyMatch(other -> other.name().equals(key))) {
            return Optional.of("indent it less: `" + key + "` stands beside `" + option.name() + "`");
        }
        return node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()
                ? Optional.of("write the name with its dots, `" + key + "."
                        + mapping.entries().get(0).key().text() + "`")
                : Optional.empty();
    }

    /** A single value in the place of a mapping that needs one option above all. */
    static Diagnostic alone(Class<? extends Record> type, Node.Scalar scalar, String name) {
        Diagnostic diagnostic = Diagnostic.error(
                        DefinitionCode.WRONG_TYPE, scalar.span(), "option `" + name + "` is " + scalar.kind())
                .expecting("a mapping with " + names(type));
        return alone(type, scalar)
                .map(mapping -> diagnostic.fixedBy("write `" + name + ": " + mapping + "`"))
                .orElse(diagnostic);
    }

    private static Optional<String> alone(Class<? extends Record> type, Node.Scalar scalar) {
        List<Option> required =
                Option.of(type).stream().filter(Option::isRequired).toList();
        boolean fits = required.size() == 1
                && !required.get(0).isSecret()
                && !scalar.text().contains("@")
                && (required.get(0).words().isEmpty() || required.get(0).words().contains(scalar.text()));
        String value = scalar.quoted() || scalar.text().contains("{") ? "\"" + scalar.text() + "\"" : scalar.text();
        return fits ? Optional.of("{" + required.get(0).name() + ": " + value + "}") : Optional.empty();
    }

    static Diagnostic refused(Refusal refusal, ScalarType type, Node.Scalar scalar, String name, boolean secret) {
        String value = secret || scalar.text().isEmpty() ? "" : ": `" + firstLine(scalar.text()) + "`";
        Diagnostic diagnostic = Diagnostic.error(
                        refusal.code(), scalar.span(), "option `" + name + "` " + refusal.predicate() + value)
                .expecting(refusal.expected().orElse(type.expectation()));
        // A mend has the value in it, written as it should be.
        Optional<String> fix = secret ? withoutValue(refusal.code()) : refusal.fix();
        return fix.map(diagnostic::fixedBy).orElse(diagnostic);
    }

    private static Optional<String> withoutValue(DefinitionCode code) {
        return code == DefinitionCode.MALFORMED_REFERENCE
                ? Optional.of("mend it, or write `$${` for a literal `${`")
                : Optional.empty();
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
