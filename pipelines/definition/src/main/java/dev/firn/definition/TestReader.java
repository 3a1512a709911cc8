package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.DefinitionCode;
import dev.firn.definition.diagnostic.Diagnostic;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.diagnostic.SourceSpan;
import dev.firn.definition.tests.TestOptions;
import dev.firn.definition.yaml.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds {@code tests:}. */
record TestReader(Sections sections) {

    private static final String EXPECTATION = "a list of mappings with `name`, `given` and `expect`";

    List<Bound<TestOptions>> read() {
        Map<String, SourceSpan> names = new HashMap<>();
        return sections.optional("tests").stream()
                .flatMap(node -> sections.entries(node, "tests", EXPECTATION).stream())
                .map(test -> read(test, names))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Bound<TestOptions>> read(Node.Mapping test, Map<String, SourceSpan> names) {
        Diagnostics here = sections.at("tests", test, "name");
        Sections.text(test, "name").ifPresent(name -> {
            SourceSpan earlier = names.putIfAbsent(name.text(), name.span());
            if (earlier != null) {
                here.report(Diagnostic.error(
                                DefinitionCode.DUPLICATE_NAME,
                                name.span(),
                                "test name `" + name.text() + "` stands here twice, first in line " + earlier.line())
                        .fixedBy("give each test a name of its own"));
            }
        });
        return Binder.bind(test, TestOptions.class, here);
    }
}
