package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Components;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.yaml.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds {@code source:}, one mapping or a list of named ones. */
final class SourceReader {

    private static final Set<String> READ_HERE = Set.of("name", "type");

    private final Sections sections;
    private final TypeReader types;
    private final Map<String, SourceSpan> names = new HashMap<>();

    SourceReader(Sections sections, Components components) {
        this.sections = sections;
        this.types = new TypeReader("source", components);
    }

    List<SourceDefinition> read() {
        return sections.required("source").map(this::read).orElse(List.of());
    }

    private List<SourceDefinition> read(Node section) {
        List<Node.Mapping> entries =
                sections.entries(section, "source", "a mapping with `type`, or a list of such mappings");
        if (section instanceof Node.Sequence list && list.items().isEmpty()) {
            sections.diagnostics()
                    .report(Diagnostic.error(
                            DefinitionCode.MISSING_OPTION, section.span(), "section `source` is an empty list"));
        }
        boolean inList = section instanceof Node.Sequence;
        return entries.stream()
                .map(source -> read(source, inList))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The names that the file gives, also to sources that are wrong otherwise. */
    Set<String> names() {
        return Set.copyOf(names.keySet());
    }

    private Optional<SourceDefinition> read(Node.Mapping source, boolean inList) {
        String name =
                Sections.text(source, "name").map(text -> " " + text.text()).orElse("");
        Diagnostics here = sections.at("source" + name, source, "type");
        Optional<TypeReader.Known> type = types.read(source, here);
        Optional<String> checkedName = name(source, inList, type, here);
        return type.flatMap(known -> Binder.bind(source, known.options(), READ_HERE, here)
                .flatMap(bound -> checkedName.map(word -> new SourceDefinition(word, known.word(), bound))));
    }

    private Optional<String> name(
            Node.Mapping source, boolean inList, Optional<TypeReader.Known> type, Diagnostics here) {
        Optional<Node> node = source.child("name");
        if (node.isEmpty()) {
            return inList ? nameless(source, here) : type.map(known -> namedAfterType(known, source));
        }
        if (!(node.get() instanceof Node.Scalar scalar) || !scalar.text().matches(PipelineOptions.NAME)) {
            here.report(Diagnostic.error(
                            DefinitionCode.INVALID_VALUE,
                            node.get().span(),
                            "option `name` has the wrong form" + given(node.get()))
                    .expecting(PipelineOptions.NAME_IN_WORDS));
            return Optional.empty();
        }
        SourceSpan earlier = names.putIfAbsent(scalar.text(), scalar.span());
        if (earlier != null) {
            here.report(doubled(scalar, earlier));
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }

    private static String given(Node name) {
        return name instanceof Node.Scalar scalar ? ": `" + scalar.text() + "`" : "";
    }

    private String namedAfterType(TypeReader.Known type, Node.Mapping source) {
        names.put(type.word(), source.span());
        return type.word();
    }

    private static Diagnostic doubled(Node.Scalar name, SourceSpan earlier) {
        return Diagnostic.error(
                        DefinitionCode.DUPLICATE_NAME,
                        name.span(),
                        "source name `" + name.text() + "` stands here twice, first in line " + earlier.line())
                .fixedBy("give each source a name of its own");
    }

    private static Optional<String> nameless(Node.Mapping source, Diagnostics here) {
        String type = Sections.text(source, "type").map(Node.Scalar::text).orElse("events");
        here.report(Diagnostic.error(
                        DefinitionCode.MISSING_OPTION,
                        source.span(),
                        "option `name` is missing; in a list each source needs one")
                .fixedBy("add `name: " + type + "`, for example"));
        return Optional.empty();
    }
}
