package dev.firn.definition;

import dev.firn.definition.bind.Meant;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.Suggestion;
import dev.firn.definition.reference.References;
import dev.firn.definition.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The top of a pipeline file, from which each reader takes its section. */
record Sections(Node.Mapping root, Diagnostics diagnostics) {

    private static final List<String> NAMES =
            List.of("pipeline", "source", "route", "tables", "sink", "quarantine", "maintenance", "tests");

    /** What a section that is written as a single value probably says. */
    private static final Map<String, String> FIRST_WORDS = Map.of("pipeline", "name", "source", "type", "sink", "type");

    /** Whether a word is the name of a section, in any case. */
    static Optional<String> named(String word) {
        return NAMES.stream().filter(name -> Suggestion.isSame(name, word)).findFirst();
    }

    void refuseUnknown() {
        Set<Node.Scalar> told = root.entries().stream()
                .filter(entry -> isEmpty(entry.value()))
                .flatMap(entry -> strays(entry.key().text()).stream())
                .collect(Collectors.toSet());
        for (Node.Entry entry : root.entries()) {
            String name = entry.key().text();
            if (!NAMES.contains(name) && !told.contains(entry.key())) {
                Diagnostic diagnostic = Diagnostic.error(
                                DefinitionCode.UNKNOWN_OPTION, entry.key().span(), "unknown section `" + name + "`")
                        .expecting(Suggestion.oneOf(NAMES));
                diagnostics.report(Suggestion.nearest(name, NAMES)
                        .map(word -> diagnostic.fixedBy("rename it to `" + word + "`"))
                        .orElse(diagnostic));
            }
        }
    }

    /** What stands directly behind a section and is none itself: it was probably meant to stand in it. */
    private List<Node.Scalar> strays(String name) {
        return root.entries().stream()
                .map(Node.Entry::key)
                .dropWhile(key -> !key.text().equals(name))
                .skip(1)
                .takeWhile(key -> Suggestion.nearest(key.text(), NAMES).isEmpty())
                .toList();
    }

    private static boolean isEmpty(Node section) {
        return section instanceof Node.Scalar scalar && scalar.isNothing();
    }

    private static String indented(List<Node.Scalar> strays) {
        int first = strays.get(0).span().line();
        int last = strays.get(strays.size() - 1).span().line();
        return first == last
                ? "indent line " + first + ", which belongs to it"
                : "indent the lines " + first + " to " + last + ", which belong to it";
    }

    /** A section that may be left out, but not left empty. */
    Optional<Node> optional(String name) {
        Optional<Node> section = root.child(name);
        if (section.isPresent() && isEmpty(section.get())) {
            List<Node.Scalar> strays = strays(name);
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.MISSING_OPTION, section.get().span(), "section `" + name + "` has no value")
                    .fixedBy(strays.isEmpty() ? "fill it or remove it" : indented(strays)));
            return Optional.empty();
        }
        return section;
    }

    Optional<Node> required(String name) {
        if (root.child(name).isEmpty() && !isMisspelled(name)) {
            diagnostics.report(
                    Diagnostic.error(DefinitionCode.MISSING_OPTION, root.span(), "section `" + name + "` is missing")
                            .fixedBy("add `" + name + ":`"));
        }
        return optional(name);
    }

    /** What is missing only because it has a wrong name has been told. */
    private boolean isMisspelled(String name) {
        return root.entries().stream().map(entry -> entry.key().text()).anyMatch(key -> Suggestion.nearest(key, NAMES)
                .filter(name::equals)
                .isPresent());
    }

    Optional<Node.Mapping> mapping(Node section, String name, String expectation) {
        if (section instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        Diagnostic diagnostic = Diagnostic.error(
                        DefinitionCode.WRONG_TYPE, section.span(), "section `" + name + "` is " + section.kind())
                .expecting(expectation);
        diagnostics.report(
                mappingInstead(section, name).map(diagnostic::fixedBy).orElse(diagnostic));
        return Optional.empty();
    }

    private static Optional<String> mappingInstead(Node section, String name) {
        if (section instanceof Node.Sequence) {
            return Optional.of("remove the `-`: there is one `" + name + "`");
        }
        return Optional.ofNullable(FIRST_WORDS.get(name))
                .flatMap(word -> section instanceof Node.Scalar scalar
                        ? Optional.of("write `" + name + ": {" + word + ": " + scalar.text() + ", ...}`")
                        : Optional.empty());
    }

    /** As below, of a list whose entries have these options: a mapping of names is no entry. */
    List<Node.Mapping> entries(Node section, String name, String expectation, Class<? extends Record> type) {
        boolean names = section instanceof Node.Mapping mapping
                && !mapping.entries().isEmpty()
                && mapping.entries().stream()
                        .allMatch(entry -> Meant.of(entry.key().text(), type)
                                .filter(meant -> !entry.key().text().contains("."))
                                .isEmpty());
        if (names) {
            diagnostics.report(Diagnostic.error(
                            DefinitionCode.WRONG_TYPE,
                            section.span(),
                            "section `" + name + "` is a mapping of names, which has no order")
                    .expecting(expectation)
                    .fixedBy("write each as an entry of a list, with `-` before it"));
            return List.of();
        }
        return entries(section, name, expectation);
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
