package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Components;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.selector.Names;
import dev.firn.definition.yaml.Node;
import java.util.Optional;
import java.util.Set;

/** Binds {@code sink:}. */
record SinkReader(Sections sections, TypeReader types) {

    private static final Set<String> READ_HERE = Set.of("type", "namespace");

    SinkReader(Sections sections, Components components) {
        this(sections, new TypeReader("sink", components));
    }

    /** Reads the section; without a namespace of its own the pipeline's name stands in. */
    Optional<SinkDefinition> read(Optional<String> pipelineName) {
        return sections.required("sink")
                .flatMap(section -> sections.mapping(section, "sink", "a mapping with `type`"))
                .flatMap(sink -> read(sink, pipelineName));
    }

    private Optional<SinkDefinition> read(Node.Mapping sink, Optional<String> pipelineName) {
        Diagnostics here = sections.at("sink", sink, "type");
        Optional<String> namespace = namespace(sink, here).or(() -> pipelineName);
        return types.read(sink, here).flatMap(known -> Binder.bind(sink, known.options(), READ_HERE, here)
                .flatMap(bound -> namespace.map(to -> new SinkDefinition(known.word(), to, bound))));
    }

    private static Optional<String> namespace(Node.Mapping sink, Diagnostics here) {
        Optional<Node> node = sink.child("namespace");
        if (node.isPresent() && !(node.get() instanceof Node.Scalar scalar && Names.isNamespace(scalar.text()))) {
            here.report(Diagnostic.error(
                            DefinitionCode.INVALID_VALUE, node.get().span(), "option `namespace` has the wrong form")
                    .expecting("letters, digits, `_` and `-`; dots between levels"));
        }
        return Sections.text(sink, "namespace").map(Node.Scalar::text);
    }
}
