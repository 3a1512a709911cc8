package dev.firn.definition;

import dev.firn.definition.bind.Binder;
import dev.firn.definition.bind.Bound;
import dev.firn.definition.diagnostic.Diagnostics;
import dev.firn.definition.tests.TestOptions;
import dev.firn.definition.yaml.Node;
import java.util.List;
import java.util.Optional;

/** Binds {@code tests:}. */
record TestReader(Sections sections) {

    private static final String EXPECTATION = "a list of mappings with `name`, `given` and `expect`";

    List<Bound<TestOptions>> read() {
        return sections.optional("tests").stream()
                .flatMap(node -> sections.entries(node, "tests", EXPECTATION).stream())
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Bound<TestOptions>> read(Node.Mapping test) {
        Diagnostics here = sections.at("tests", test, "name");
        return Binder.bind(test, TestOptions.class, here);
    }
}
