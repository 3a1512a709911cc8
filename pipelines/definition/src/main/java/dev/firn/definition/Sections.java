package dev.firn.definition;

import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.References;
import dev.firn.definition.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The top of a pipeline file, from which each reader takes its section. */
record Sections(Node.Mapping root, Diagnostics diagnostics) {

    private static final List<String> NAMES =
            List.of("pipeline", "source", "route", "tables", "sink", "quarantine", "maintenance", "tests");

    void refuseUnknown() {
        for (Node.Entry entry : root.entries()) {
            String name = entry.key().text();
            if (!NAMES.contains(name)) {
                Diagnostic diagnostic = Diagnostic.error(
                                DefinitionCode.UNKNOWN_OPTION, entry.key().span(), "unknown section `" + name + "`")
                        .expecting(Suggestion.oneOf(NAMES));
                diagnostics.report(Suggestion.nearest(name, NAMES)
                        .map(word -> diagnostic.fixedBy("rename it to `" + word + "`"))
                        .orElse(diagnostic));
            }
        }
    }

    /** A section that may be left out, but not left empty. */
    Optional<Node> optional(String name) {
        Optional<Node> section = root.child(name);
        if (section.isPresent() && section.get() instanceof Node.Scalar scalar && scalar.isNothing()) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.MISSING_OPTION, scalar.span(), "section `" + name + "` has no value")
                    .fixedBy("fill it or remove it"));
            return Optional.empty();
        }
        return section;
    }

    Optional<Node> required(String name) {
        if (root.child(name).isEmpty()) {
            diagnostics.report(
                    Diagnostic.error(DefinitionCode.MISSING_OPTION, root.span(), "section `" + name + "` is missing")
                            .fixedBy("add `" + name + ":`"));
        }
        return optional(name);
    }

    Optional<Node.Mapping> mapping(Node section, String name, String expectation) {
        if (section instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        diagnostics.report(Diagnostic.error(
                        DefinitionCode.WRONG_TYPE, section.span(), "section `" + name + "` is " + section.kind())
                .expecting(expectation));
        return Optional.empty();
    }

    /** The entries of a section that is a list; a single mapping counts as a list of one. */
    List<Node.Mapping> entries(Node section, String name, String expectation) {
        if (!(section instanceof Node.Sequence list)) {
            return mapping(section, name, expectation).stream().toList();
        }
        List<Node.Mapping> entries = new ArrayList<>();
        for (Node item : list.items()) {
            if (item instanceof Node.Mapping mapping) {
                entries.add(mapping);
            } else {
                diagnostics.report(Diagnostic.error(
                                DefinitionCode.WRONG_TYPE, item.span(), "an entry of `" + name + "` is " + item.kind())
                        .expecting(expectation));
            }
        }
        return entries;
    }

    /** Where the complaints about one entry are filed: under {@code route (orders)}. */
    Diagnostics at(String what, Node.Mapping entry, String option) {
        return diagnostics.at(
                what + text(entry, option).map(text -> " (" + text.text() + ")").orElse(""));
    }

    /** An option's text as far as it can be checked without what references stand for. */
    static Optional<Node.Scalar> plainText(Node.Mapping entry, String option) {
        return text(entry, option).filter(text -> !References.standIn(text.text()));
    }

    /** As above, of an option that may be a list. */
    static List<Node.Scalar> plainTexts(Node.Mapping entry, String option) {
        List<Node> items = entry.child(option)
                .map(node -> node instanceof Node.Sequence list ? list.items() : List.of(node))
                .orElse(List.of());
        return items.stream()
                .flatMap(Sections::text)
                .filter(text -> !References.standIn(text.text()))
                .toList();
    }

    static Optional<Node.Scalar> text(Node.Mapping entry, String option) {
        return entry.child(option).stream().flatMap(Sections::text).findFirst();
    }

    private static Stream<Node.Scalar> text(Node node) {
        return node instanceof Node.Scalar scalar
                        && !scalar.isNothing()
                        && !scalar.text().isBlank()
                ? Stream.of(scalar)
                : Stream.empty();
    }
}
